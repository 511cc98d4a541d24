export type { NetworkSpec } from '../spec/spec.ts';
