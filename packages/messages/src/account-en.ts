/**
 * What the steps of the algorithms besides the reverse sweep say, in English. Nodes, formulas and numbers are already
 * printed; `next` is one of the endings of the sweep's own sentences.
 */
export const accountEn = {
  /** Behind a result that is wrong: `207 (135 is due)`. */
  due: (result: string, due: string) => `${result} (${due} is due)`,
  done: (leaves: readonly string[], more: number) =>
    leaves.length === 0
      ? 'The run is done.'
      : `The run is done: ${leaves.join(', ')}${more === 0 ? '' : ` and ${more} more`}.`,

  pathStart: (node: string) => `Start at ${node}: the path has no edge yet, and its product is 1.`,
  pathVisit: (
    node: string,
    visit: number,
    of: number,
    path: string,
    product: string,
    then: '' | 'again' | 'term',
    derivative: string,
  ) =>
    `${of === 1 ? `The only visit of ${node}` : `Visit ${visit} of ${of} of ${node}`}: along this path, ${path}, the product is ${product}` +
    (then === 'again'
      ? `; everything below ${node} is computed once more.`
      : then === 'term'
        ? `, ${of === 1 ? `all of ${derivative}` : `one term of ${derivative}`}.`
        : '.'),
  pathEdge: (input: string, consumer: string, product: string, slope: string) =>
    `One edge further, from ${consumer} to ${input}: ${product}, because along this edge ${slope}.`,
  pathSum: (equation: string, path: number, of: number) =>
    of === 1
      ? `${equation}: there is no other path.`
      : `${equation}${path < of ? ' so far' : ''}: ${path} of ${of} paths.`,

  miss: (derivative: string, computed: string) =>
    `${derivative} was not in the table (miss): computed once, ${computed}, and stored.`,
  hit: (derivative: string, entry: string, wanted: string | null) =>
    `${derivative} is in the table: ${entry} — reused (hit)${wanted === null ? '' : `, this time for ${wanted}`}.`,

  overwritten: (equation: string, before: string, sum: string) =>
    `${equation}: the ${before} that stood there is overwritten, = in place of +=; the sum would be ${sum}.`,
  lastAlone: (node: string, value: string, due: string, leaf: boolean, next: string) =>
    `${leaf ? `${node} is left with ${value}` : `${node} passes on ${value}`}, the last contribution alone (${due} is due)${next}.`,

  early: (node: string, value: string, reported: number, uses: number, due: string | null, next: string) =>
    `${node} passes on ${value} though only ${reported} of ${uses} uses ${reported === 1 ? 'has' : 'have'} reported${due === null ? '' : ` (${due} is due)`}${next}.`,
  earlyLeaf: (node: string, value: string, next: string) =>
    `${node} has ${value} so far and, as a leaf, passes nothing on${next}.`,
  /** A node that is reached again later, though all its uses have reported. */
  notLast: (node: string, value: string, due: string | null, next: string) =>
    `${node} passes on ${value}${due === null ? '' : ` (${due} is due)`}; its uses have reported, but will report again${next}.`,
  wrong: (node: string, value: string, due: string, leaf: boolean, next: string) =>
    `${leaf ? `${node} has ${value}` : `${node} passes on ${value}`} where ${due} is due: what its uses reported was wrong already${next}.`,
  again: (
    node: string,
    visit: number,
    of: number,
    value: string,
    before: string,
    since: string | null,
    next: string,
  ) =>
    `Visit ${visit} of ${of} of ${node}: it passes its whole gradient on again, ${value}, though it has passed on ${before} before and ${since === null ? 'nothing has come since' : `only ${since} has come since`}${next}.`,
  againLeaf: (node: string, visit: number, of: number, value: string, next: string) =>
    `Visit ${visit} of ${of} of ${node}: it has ${value} so far and, as a leaf, passes nothing on${next}.`,
  wrongEdge: (input: string, consumer: string, product: string, slope: string, due: string) =>
    `${input} gets ${product} from ${consumer}, because along this edge ${slope}; ${due} is due.`,
  edgeAgain: (before: string) => `${before} came along this edge before.`,
  contribution: (equation: string, count: number, of: number, node: string, uses: number) =>
    `${equation}${count < of ? ' so far' : ''}: contribution ${count} of ${of}, though ${node} has ${uses === 1 ? 'one use' : `only ${uses} uses`}.`,
  late: (node: string, passed: string) => `Too late: ${node} passed on ${passed} when it was visited.`,
  skipped: (node: string, since: string | null) =>
    `${node} has been visited already and is skipped${since === null ? '' : `: the ${since} that came since is never passed on`}.`,
  queued: (node: string) => `${node} stands in the queue already and is not put there again.`,

  outputLast: (node: string, equation: string) =>
    `${node} comes last: it passes on ${equation}, but its inputs have been visited before it.`,
  nothingYet: (node: string, due: string | null, next: string) =>
    `${node} is visited before anything has reached it: ${due === null ? '0' : `it passes on 0 (${due} is due)`}${next}.`,

  moved: (leaf: string, step: string, from: string) =>
    `${leaf} is moved by ${step} from ${from}; everything is computed anew.`,
  movedBack: (leaf: string, value: string) => `${leaf} is moved back to ${value}.`,
  anew: (node: string, change: string | null) =>
    change === null
      ? `${node}, computed anew, stays as it is.`
      : `${node}, computed anew, changes by ${change}.`,
  /** `step`: `h = 4.47·10⁻⁸`; `moved`: the quotient with names; `exact`: what it should be, where a reader sees a difference. */
  quotient: (derivative: string, moved: string, quotient: string, step: string, exact: string | null) =>
    `${derivative} ≈ ${moved} = ${quotient} with ${step}${exact === null ? '' : ` (exactly ${exact})`}.`,

  tangentSeed: (equation: string, leaf: string) =>
    `Seed ${equation}: this pass asks how everything changes with ${leaf}.`,
  tangentLeaf: (equation: string, own: boolean) =>
    own
      ? `Tangent: ${equation}, where this pass starts.`
      : `Tangent: ${equation}, as one leaf does not depend on another.`,
  tangentEdge: (input: string, consumer: string, equation: string, slope: string) =>
    `${consumer} gets ${equation} through ${input}, because along this edge ${slope}.`,
  tangentSum: (equation: string, count: number, of: number) =>
    `${equation}${count < of ? ' so far' : ''}: ${count} of ${of} ${of === 1 ? 'input' : 'inputs'}.`,
  tangent: (equation: string, leaf: string, isOutput: boolean) =>
    isOutput
      ? `Tangent: ${equation}, the derivative that this pass was for.`
      : `Tangent: ${equation}, by which it changes for each unit of ${leaf}.`,
  tangentDone: (equation: string, leaf: string) => `Pass done: ${equation}, for ${leaf} alone.`,
};

/** The texts of `accountEn` in any language. */
export type AccountMessages = typeof accountEn;
