export { show } from './show.ts';
export type { Shown, ShowOptions } from './show.ts';
export { PortTaken, SiteMissing } from './problem.ts';
