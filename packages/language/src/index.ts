// A program: text in, recording out
export { compile, nodeNamed } from './compile.ts';
export type { Compilation, CompileOptions } from './compile.ts';
export type { Extension } from './extension.ts';
export { LIMITS } from './limits.ts';
export type { Limits } from './limits.ts';

// What is wrong with it
export { Diagnostic, diagnosticMessage } from './diagnostics.ts';
export type {
  DiagnosticCode,
  DiagnosticData,
  DiagnosticRecord,
  Expected,
  Shape,
  Suggestion,
} from './diagnostics.ts';

// For an editor
export { highlight } from './highlight.ts';
export type { Highlight, HighlightKind } from './highlight.ts';
export { editNumber } from './numbers.ts';
export type { Edit } from './numbers.ts';
export { programParts } from './document.ts';
export type { ProgramParts } from './document.ts';
export type { Span } from './span.ts';

// Names and words
export { canonicalName, readName } from './names.ts';
export type { Name, NameReading } from './names.ts';
export {
  FRACTIONS,
  isAccent,
  isDigit,
  isLetter,
  plainLetters,
  SUBSCRIPTS,
  SUPERSCRIPTS,
  uprightLetters,
} from './characters.ts';
export { nearest } from './suggestion.ts';
export { CONSTANTS, functionNamed, FUNCTIONS } from './functions.ts';
export type { LanguageFunction } from './functions.ts';
