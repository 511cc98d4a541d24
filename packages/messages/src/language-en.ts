type Shape = readonly number[];

/** A name, and the one that was probably meant. */
export interface Suggested {
  readonly name: string;
  readonly suggestion: string | undefined;
}

const END = 'the end of the statement';

/** `found` as it is quoted; nothing is the end of the statement. */
const quoted = (found: string): string => (found === '' ? END : found);

/** True for more than one word or number. */
const isFormula = (text: string): boolean => /[^\p{L}\p{Nd}_.−-]/u.test(text);

const shapeOf = (shape: Shape): string =>
  shape.length === 0
    ? 'a number'
    : shape.length === 1
      ? `a vector of ${shape[0]}`
      : `a matrix of ${shape[0]} × ${shape[1]}`;

const didYouMean = (suggestion: string): string => `Did you mean ${suggestion}?`;

const expected = {
  operand: 'a number, a name or an opening bracket',
  operator: 'an operator or the end of the statement',
  name: 'the name of a node',
  '=': '=',
  ')': ')',
  ']': ']',
  '}': '}',
  '|': '|',
};

/** What the language says about a program, in English. One text for each kind of problem. */
export const language = {
  /** Between groups of three digits. */
  thousands: ',',
  expected,

  problems: {
    // The text as a whole
    'text-too-long': ({ length, limit }: { length: string; limit: string }): string =>
      `The text has ${length} characters; at most ${limit} are read.`,
    'empty-program': (): string => 'There is no formula yet. Write one, as in: x = 2, y = x^2',
    'unclosed-fence': (): string =>
      'This block is never closed: everything down to the end is read as program.',
    'unmarked-fence': ({ found }: { found: string }): string =>
      `No block is marked as a program. Write \`\`\`backflow where this one begins, found ${found}.`,
    'more-problems': ({ limit }: { limit: string }): string =>
      `There are more problems; the first ${limit} are shown.`,
    'too-deep': ({ limit }: { limit: string }): string =>
      `Brackets, signs and powers are nested more than ${limit} deep here. Give parts of the formula names of their own.`,
    'too-many-nodes': ({ count, limit }: { count: string; limit: string }): string =>
      `This program would make a graph of ${count} nodes; at most ${limit} are recorded.`,
    'too-many-edges': ({ count, limit }: { count: string; limit: string }): string =>
      `This program would make a graph of ${count} edges; at most ${limit} are recorded.`,

    // Characters
    'unknown-character': ({ found }: { found: string }): string => `${found} has no meaning in a formula.`,
    'foreign-symbol': ({ found, instead }: { found: string; instead: string }): string =>
      `${found} has no meaning in a program; write ${instead}.`,
    'unknown-command': ({ found }: { found: string }): string =>
      `${found} is not understood in a program; write the formula in plain characters, as in a/b or sqrt(x).`,
    'bad-number': ({ found }: { found: string }): string =>
      `${found} is not a number. Expected digits with at most one point, as in 13002 or 1.5e-3.`,
    'number-too-large': ({ found }: { found: string }): string =>
      `${found} is larger than any number that can be stored (about 1.8e308).`,
    'bad-superscript': ({ found }: { found: string }): string =>
      `The exponent ${found} is not understood. Expected a whole number or one letter; write x^(…) for anything else.`,
    'unclosed-brace': (): string => 'Expected an index in braces after this {, closed by }, as in w_{11}.',
    derivative: ({ found }: { found: string }): string =>
      `${found} is a derivative. A program holds the formulas that are differentiated; the derivatives are what Backflow computes from them.`,

    // Syntax
    unexpected: ({ found, expected: due }: { found: string; expected: keyof typeof expected }): string =>
      `Expected ${expected[due]}, found ${quoted(found)}.`,
    'unclosed-bracket': ({ bracket, closing }: { bracket: string; closing: string }): string =>
      `This ${bracket} is never closed. Expected ${closing}, found ${END}.`,
    'missing-operator': ({ found }: { found: string }): string =>
      `Expected an operator before ${found}, as in *${found} or ^${found}.`,
    'ambiguous-division': ({
      found,
      first,
      second,
    }: {
      found: string;
      first: string;
      second: string;
    }): string => `${found} can be read in two ways. Write ${first} or ${second}.`,
    'ambiguous-root': ({ found, first, second }: { found: string; first: string; second: string }): string =>
      `${found} can be read in two ways. Write ${first} or ${second}.`,
    'chained-comparison': ({ found }: { found: string }): string =>
      `Comparisons do not chain: found a second one, ${found}. Write them one by one, as in (a < x)*(x < b).`,
    'equals-in-formula': (): string => 'Found = inside brackets. To compare, write ==.',
    'double-equals': ({ name }: { name: string }): string =>
      `== compares two values. To define ${name}, write =.`,
    'second-equals': (): string =>
      'Found a second = in one statement. Give each name a line of its own; to compare, write ==.',
    'left-side': ({ found }: { found: string }): string =>
      found === '' ? 'Expected a name before =.' : `Expected one name before =, found ${found}.`,
    'function-definition': ({ name, parameter }: { name: string; parameter: string }): string =>
      `Functions cannot be defined in a program. Give ${parameter === '' ? 'the input' : parameter} a value and write ${name} = … .`,
    'version-assigned': ({ found, name }: { found: string; name: string }): string =>
      `${found} is an earlier definition of ${name} and cannot be defined itself. Write ${name} = … .`,
    'decimal-comma': ({
      found,
      instead,
      other,
    }: {
      found: string;
      instead: string;
      other: string | null;
    }): string =>
      `A comma separates statements. For the number ${found} write ${instead}${other === null ? '' : ` or ${other}`}.`,
    'bare-formula': (): string =>
      'Expected a name for this formula, as in y = … . Only the last statement may stand without one.',
    'continued-line': ({ found }: { found: string }): string =>
      `Expected a name, found ${found}. A statement continues on the next line only inside brackets.`,
    'needs-parentheses': ({ name, suggestion }: Suggested): string =>
      `${name} is a function. Expected its argument in parentheses, as in ${suggestion ?? `${name}(x)`}.`,
    'function-power': ({ name }: { name: string }): string =>
      `A power of a function is written after its argument, as in ${name}(x)^2.`,
    'brace-group': (): string => 'Braces do not group in a program. Write ( ).',
    'bracket-group': ({ found, instead }: { found: string; instead: string }): string =>
      `${found} is a vector of one element. To group, write ${instead}.`,
    'empty-list': (): string => 'Expected at least one number between [ and ].',
    'bad-index': ({ found }: { found: string }): string =>
      `Expected a whole number from 0 as the index of an element, found ${quoted(found)}.${isFormula(found) ? ' To group, write ( ).' : ''}`,

    // Names
    'undefined-name': ({ name, suggestion }: Suggested): string =>
      suggestion === undefined
        ? `${name} is not defined. Define it on a line above, as in ${name} = 1.`
        : `${name} is not defined. ${didYouMean(suggestion)}`,
    'joined-names': ({ name, product }: { name: string; product: string }): string =>
      `${name} is not defined. For the product write ${product}.`,
    'unknown-function': ({ name, suggestion }: Suggested): string =>
      `${name} is neither a function nor a defined name.${suggestion === undefined ? '' : ` ${didYouMean(suggestion)}`}`,
    'not-a-function': ({ name }: { name: string }): string =>
      `${name} is a defined name, not a function, so what follows it is a factor. Expected no comma in that.`,
    'used-before': ({ name, line }: { name: string; line: number }): string =>
      `${name} is used before it is defined (on line ${line}). Move that definition above this line.`,
    'self-reference': ({ name }: { name: string }): string =>
      `${name} is defined by itself. Expected an earlier definition of ${name}, as in ${name} = 1.`,
    'unknown-version': ({ name, version, count }: { name: string; version: number; count: string }): string =>
      `There is no ${name}@${version} here: ${name} has ${count} ${count === '1' ? 'definition' : 'definitions'} above.`,
    'unknown-output': ({ name, suggestion }: Suggested): string =>
      `No node is called ${name}.${suggestion === undefined ? '' : ` ${didYouMean(suggestion)}`}`,
    'look-alike': ({ name, other }: { name: string; other: string }): string =>
      `${name} and ${other} look alike, but are two different names.`,
    euler: ({ found }: { found: string }): string =>
      `${found} is read as a power of Euler's number, although e is defined. For a power of your e write (e)^… .`,
    'layer-or-power': ({ name, power }: { name: string; power: string }): string =>
      `This is read as the name ${name}, which is defined. For the power write ${power}.`,
    'exponent-then-product': ({
      found,
      exponent,
      product,
    }: {
      found: string;
      exponent: string;
      product: string;
    }): string => `${found} is read as ${product}. If all of it is the exponent, write ${exponent}.`,

    // Values
    'argument-count': ({
      name,
      found,
      least,
      most,
    }: {
      name: string;
      found: number;
      least: number;
      most: number;
    }): string => {
      const wanted =
        most === Infinity ? `at least ${least}` : least === most ? `${least}` : `${least} or ${most}`;
      return `${name} takes ${wanted} ${wanted === '1' || wanted === 'at least 1' ? 'argument' : 'arguments'}, found ${found}.`;
    },
    'argument-shape': ({ name, shape }: { name: string; shape: Shape }): string =>
      `${name} takes vectors, found ${shapeOf(shape)}.`,
    'mixed-arguments': ({ name, shape }: { name: string; shape: Shape }): string =>
      `${name} takes either one vector or matrix, or a list of numbers; found ${shapeOf(shape)} among several arguments.`,
    'shapes-differ': ({ operator, left, right }: { operator: string; left: Shape; right: Shape }): string =>
      `${operator} needs two values of the same shape, found ${shapeOf(left)} and ${shapeOf(right)}.`,
    'product-shapes': ({ left, right }: { left: Shape; right: Shape }): string =>
      `This product is not defined: found ${shapeOf(left)} on the left and ${shapeOf(right)} on the right, expected as many columns on the left as rows on the right.`,
    'vector-product': ({ left, right }: { left: string; right: string }): string =>
      `The product of two vectors can mean two things. Write dot(${left}, ${right}) for the number, ${left} ⊙ ${right} for the products element by element.`,
    'matrix-power': ({ shape }: { shape: Shape }): string =>
      `A power of ${shapeOf(shape)} can mean two things. Write A*A for the product of matrices, A ⊙ A for the products element by element.`,
    'bars-of-vector': ({ shape }: { shape: Shape }): string =>
      `| | around ${shapeOf(shape)} can mean two things. Write hypot(v) for its length, abs(v) for the absolute value of each element.`,
    'condition-shape': ({ shape }: { shape: Shape }): string =>
      `where needs one condition, found ${shapeOf(shape)}.`,
    'list-shapes': ({ first, other }: { first: Shape; other: Shape }): string =>
      `The items of a list must have the same shape, found ${shapeOf(first)} and ${shapeOf(other)}.`,
    'list-too-deep': ({ shape }: { shape: Shape }): string =>
      `Lists can be vectors and matrices, no more. Expected numbers or vectors in it, found ${shapeOf(shape)}.`,
    'no-elements': ({ shape }: { shape: Shape }): string =>
      `There is no such element: this is ${shapeOf(shape)}.`,
    'index-range': ({ index, size }: { index: number; size: number }): string =>
      `There is no element ${index}. Expected ${size === 1 ? '0' : `an index from 0 to ${size - 1}`}.`,
    'element-of-defined': ({ name, whole }: { name: string; whole: string }): string =>
      `${name} belongs to ${whole}, which is defined as a whole. Define either ${whole} or its elements.`,
    'update-shape': ({ name, before, after }: { name: string; before: Shape; after: Shape }): string =>
      `This would turn ${name} from ${shapeOf(before)} into ${shapeOf(after)}. Write ${name} = … if that is meant.`,
    'output-shape': ({ name, shape }: { name: string; shape: Shape }): string =>
      `The output must be one number, but ${name} is ${shapeOf(shape)}. Add it up with sum(…), or choose an element with: output ${name}[0]${shape.length > 1 ? '[0]' : ''}`,
    'second-output': ({ name }: { name: string }): string =>
      `The output was chosen before; this line counts, so it is ${name}.`,
    'leaf-output': ({ name, last }: { name: string; last: string }): string =>
      `The last definition, ${name}, is the output, but it is a number that depends on nothing. Perhaps you want: output ${last}`,

    // Values from outside
    'unused-value': ({ name }: { name: string }): string =>
      `The program has no ${name} that could be given a value.`,
    'value-of-computed': ({ name, suggestion }: Suggested): string =>
      `${name} is computed by the program and cannot be given a value. ${suggestion === undefined ? 'Expected the name of a leaf.' : didYouMean(suggestion)}`,
    'value-of-shape': ({ name, shape }: { name: string; shape: Shape }): string =>
      `${name} is ${shapeOf(shape)}. Give its elements values, as in ${name}[0]${shape.length > 1 ? '[0]' : ''}=1.`,
  },
};
