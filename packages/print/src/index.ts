export type { NumberOptions } from './numbers.ts';
export {
  alignNumbers,
  formatExact,
  formatNumber,
  formatNumberLatex,
  isShownExactly,
  splitNumber,
} from './numbers.ts';
export { formatCount } from './counts.ts';
export type { CountOptions } from './counts.ts';
export { nameToLatex, nameToText } from './names.ts';
export type { Expression } from './expression.ts';
export {
  abridge,
  apply,
  derivativeOf,
  ELIDED,
  nameOf,
  numberOf,
  replaceNames,
  replaceNumbers,
  RESULT,
  substitute,
  sumOf,
  symbolOf,
  tidy,
} from './expression.ts';
export { derivativeText, toText } from './text.ts';
export type { TextOptions } from './text.ts';
export { derivativeLatex, toLatex } from './latex.ts';
export type { LatexOptions } from './latex.ts';
export { expressionOf, inputExpression, inputNumber, nodeExpression, nodeName, nodeTitle } from './nodes.ts';
export { slopeForms, slopeFormula, symbolAt, symbolsAt, valueForms } from './forms.ts';
export type { Forms } from './forms.ts';
export { programNames, programOf } from './program.ts';
