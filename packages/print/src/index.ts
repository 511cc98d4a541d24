export type { NumberOptions } from './numbers.ts';
export {
  alignNumbers,
  formatCount,
  formatExact,
  formatNumber,
  formatNumberLatex,
  isShownExactly,
  splitNumber,
} from './numbers.ts';
export { nameToLatex, nameToText } from './names.ts';
