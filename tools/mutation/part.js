/** What is mutated, and which tests run: the `table` of operations, or the `tape` with its sweep. */
export const PART = process.env.MUTATION === 'tape' ? 'tape' : 'table';
