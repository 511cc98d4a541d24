import { compile, LIMITS } from '@backflow/language';
import type { CompileOptions, DiagnosticCode } from '@backflow/language';
import { en, loadMessages } from '@backflow/messages';
import { describe, expect, it } from 'vitest';

const de = await loadMessages('de');

interface Case {
  readonly code: DiagnosticCode;
  readonly text: string;
  readonly options?: CompileOptions;
  readonly en: string;
  readonly de: string;
}

/** Every kind of problem once: a program that has it, and what is said about it. */
const cases: readonly Case[] = [
  {
    code: 'text-too-long',
    text: 'x'.repeat(LIMITS.textLength + 1),
    en: 'The text has 200,001 characters; at most 200,000 are read.',
    de: 'Der Text hat 200.001 Zeichen; höchstens 200.000 werden gelesen.',
  },
  {
    code: 'unmarked-fence',
    text: 'Notes\n```\nx = 1\n```\n',
    en: 'No block is marked as a program. Write ```backflow where this one begins, found ```.',
    de: 'Kein Block ist als Programm gekennzeichnet. Schreib ```backflow, wo dieser beginnt; gefunden: ```.',
  },
  {
    code: 'more-problems',
    text: 'y = ?\n'.repeat(101),
    en: 'There are more problems; the first 100 are shown.',
    de: 'Es gibt noch mehr Fehler; gezeigt werden die ersten 100.',
  },
  {
    code: 'empty-program',
    text: '# nothing',
    en: 'There is no formula yet. Write one, as in: x = 2, y = x^2',
    de: 'Hier steht noch keine Formel. Schreib eine, etwa: x = 2, y = x^2',
  },
  {
    code: 'unclosed-fence',
    text: '```backflow\nx = 1',
    en: 'This block is never closed: everything down to the end is read as program.',
    de: 'Dieser Block wird nie geschlossen: Alles bis zum Ende gilt als Programm.',
  },
  {
    code: 'too-deep',
    text: '((1))',
    options: { limits: { depth: 1 } },
    en: 'Brackets, signs and powers are nested more than 1 deep here. Give parts of the formula names of their own.',
    de: 'Klammern, Vorzeichen und Potenzen sind hier mehr als 1-fach geschachtelt. Gib Teilen der Formel eigene Namen.',
  },
  {
    code: 'too-many-nodes',
    text: 'x = 1, y = x + 1',
    options: { limits: { nodes: 1 } },
    en: 'This program would make a graph of 2 nodes; at most 1 are recorded.',
    de: 'Dieses Programm ergäbe einen Graphen mit 2 Knoten; höchstens 1 werden aufgezeichnet.',
  },
  {
    code: 'too-many-edges',
    text: 'x = 1, y = x + x',
    options: { limits: { edges: 1 } },
    en: 'This program would make a graph of 2 edges; at most 1 are recorded.',
    de: 'Dieses Programm ergäbe einen Graphen mit 2 Kanten; höchstens 1 werden aufgezeichnet.',
  },
  {
    code: 'unknown-character',
    text: 'y = 2 ~ 3',
    en: '~ has no meaning in a formula.',
    de: '~ hat in einer Formel keine Bedeutung.',
  },
  {
    code: 'foreign-symbol',
    text: 'y ≈ 3',
    en: '≈ has no meaning in a program; write =.',
    de: '≈ hat in einem Programm keine Bedeutung; schreib =.',
  },
  {
    code: 'unknown-command',
    text: 'y = \\frac{1}{2}',
    en: '\\frac is not understood in a program; write the formula in plain characters, as in a/b or sqrt(x).',
    de: '\\frac wird in einem Programm nicht verstanden; schreib die Formel mit gewöhnlichen Zeichen, etwa a/b oder sqrt(x).',
  },
  {
    code: 'bad-number',
    text: 'y = 1.2.3',
    en: '1.2.3 is not a number. Expected digits with at most one point, as in 13002 or 1.5e-3.',
    de: '1.2.3 ist keine Zahl. Erwartet: Ziffern mit höchstens einem Punkt, etwa 13002 oder 1.5e-3.',
  },
  {
    code: 'number-too-large',
    text: 'y = 1e999',
    en: '1e999 is larger than any number that can be stored (about 1.8e308).',
    de: '1e999 ist größer als jede Zahl, die gespeichert werden kann (etwa 1.8e308).',
  },
  {
    code: 'bad-superscript',
    text: 'y = 2⁺⁻',
    en: 'The exponent ⁺⁻ is not understood. Expected a whole number or one letter; write x^(…) for anything else.',
    de: 'Der Exponent ⁺⁻ wird nicht verstanden. Erwartet: eine ganze Zahl oder ein Buchstabe; für alles andere schreib x^(…).',
  },
  {
    code: 'unclosed-brace',
    text: 'y = w_{1',
    en: 'Expected an index in braces after this {, closed by }, as in w_{11}.',
    de: 'Nach dieser { wird ein Index erwartet, den eine } schließt, etwa w_{11}.',
  },
  {
    code: 'derivative',
    text: 'y = ∂L/∂w',
    en: '∂L/∂w is a derivative. A program holds the formulas that are differentiated; the derivatives are what Backflow computes from them.',
    de: '∂L/∂w ist eine Ableitung. Ein Programm enthält die Formeln, die abgeleitet werden; die Ableitungen berechnet Backflow daraus.',
  },
  {
    code: 'unexpected',
    text: 'y = 2 +',
    en: 'Expected a number, a name or an opening bracket, found the end of the statement.',
    de: 'Erwartet: eine Zahl, ein Name oder eine öffnende Klammer. Gefunden: das Ende der Anweisung.',
  },
  {
    code: 'unclosed-bracket',
    text: 'y = (1 + 2',
    en: 'This ( is never closed. Expected ), found the end of the statement.',
    de: 'Diese ( wird nie geschlossen. Erwartet: ). Gefunden: das Ende der Anweisung.',
  },
  {
    code: 'missing-operator',
    text: 'y = 2 3',
    en: 'Expected an operator before 3, as in *3 or ^3.',
    de: 'Vor 3 wird ein Operator erwartet, etwa *3 oder ^3.',
  },
  {
    code: 'ambiguous-division',
    text: 'x = 1, y = 1/2x',
    en: '1/2x can be read in two ways. Write (1/2)*x or 1/(2*x).',
    de: '1/2x lässt sich auf zwei Arten lesen. Schreib (1/2)*x oder 1/(2*x).',
  },
  {
    code: 'ambiguous-root',
    text: 'x = 1, y = √x²',
    en: '√x² can be read in two ways. Write (√x)² or √(x²).',
    de: '√x² lässt sich auf zwei Arten lesen. Schreib (√x)² oder √(x²).',
  },
  {
    code: 'chained-comparison',
    text: 'y = 1 < 2 < 3',
    en: 'Comparisons do not chain: found a second one, <. Write them one by one, as in (a < x)*(x < b).',
    de: 'Vergleiche lassen sich nicht verketten: Hier steht ein zweiter, <. Schreib sie einzeln, etwa (a < x)*(x < b).',
  },
  {
    code: 'equals-in-formula',
    text: 'y = max(1 = 2)',
    en: 'Found = inside brackets. To compare, write ==.',
    de: 'Gefunden: = in Klammern. Zum Vergleichen schreib ==.',
  },
  {
    code: 'double-equals',
    text: 'x == 2',
    en: '== compares two values. To define x, write =.',
    de: '== vergleicht zwei Werte. Um x zu definieren, schreib =.',
  },
  {
    code: 'second-equals',
    text: 'x = y = 2',
    en: 'Found a second = in one statement. Give each name a line of its own; to compare, write ==.',
    de: 'Gefunden: ein zweites = in einer Anweisung. Gib jedem Namen eine eigene Zeile; zum Vergleichen schreib ==.',
  },
  {
    code: 'left-side',
    text: '2x = 3',
    en: 'Expected one name before =, found 2x.',
    de: 'Vor = wird ein einzelner Name erwartet, gefunden: 2x.',
  },
  {
    code: 'function-definition',
    text: 'f(x) = 2',
    en: 'Functions cannot be defined in a program. Give x a value and write f = … .',
    de: 'In einem Programm lassen sich keine Funktionen definieren. Gib x einen Wert und schreib f = … .',
  },
  {
    code: 'version-assigned',
    text: 'c@1 = 2',
    en: 'c@1 is an earlier definition of c and cannot be defined itself. Write c = … .',
    de: 'c@1 ist eine frühere Definition von c und kann nicht selbst definiert werden. Schreib c = … .',
  },
  {
    code: 'decimal-comma',
    text: 'y = 0,5',
    en: 'A comma separates statements. For the number 0,5 write 0.5.',
    de: 'Ein Komma trennt Anweisungen. Für die Zahl 0,5 schreib 0.5.',
  },
  {
    code: 'bare-formula',
    text: '1 + 2\nx = 3',
    en: 'Expected a name for this formula, as in y = … . Only the last statement may stand without one.',
    de: 'Diese Formel braucht einen Namen, etwa y = … . Nur die letzte Anweisung darf ohne Namen stehen.',
  },
  {
    code: 'continued-line',
    text: 'x = 1\n+ 2',
    en: 'Expected a name, found +. A statement continues on the next line only inside brackets.',
    de: 'Hier wird ein Name erwartet, gefunden: +. Eine Anweisung geht nur innerhalb von Klammern auf der nächsten Zeile weiter.',
  },
  {
    code: 'brace-group',
    text: 'y = 2*{1 + 2}',
    en: 'Braces do not group in a program. Write ( ).',
    de: 'Geschweifte Klammern fassen hier nichts zusammen. Schreib ( ).',
  },
  {
    code: 'bracket-group',
    text: 'x = 1, y = 2[x + 1]',
    en: '[x + 1] is a vector of one element. To group, write (x + 1).',
    de: '[x + 1] ist ein Vektor mit einem Element. Zum Zusammenfassen schreib (x + 1).',
  },
  {
    code: 'needs-parentheses',
    text: 'a = 1, y = sin a',
    en: 'sin is a function. Expected its argument in parentheses, as in sin(a).',
    de: 'sin ist eine Funktion. Ihr Argument wird in Klammern erwartet, etwa sin(a).',
  },
  {
    code: 'function-power',
    text: 'x = 1, y = sin²(x)',
    en: 'A power of a function is written after its argument, as in sin(x)^2.',
    de: 'Die Potenz einer Funktion steht hinter ihrem Argument, etwa sin(x)^2.',
  },
  {
    code: 'empty-list',
    text: 'y = []',
    en: 'Expected at least one number between [ and ].',
    de: 'Zwischen [ und ] wird mindestens eine Zahl erwartet.',
  },
  {
    code: 'bad-index',
    text: 'v = [1], y = v[0.5]',
    en: 'Expected a whole number from 0 as the index of an element, found 0.5.',
    de: 'Als Index eines Elements wird eine ganze Zahl ab 0 erwartet, gefunden: 0.5.',
  },
  {
    code: 'undefined-name',
    text: 'weight = 1, y = 2weigth',
    en: 'weigth is not defined. Did you mean weight?',
    de: 'weigth ist nicht definiert. Meinst du weight?',
  },
  {
    code: 'joined-names',
    text: 'w = 1, x = 2, y = wx',
    en: 'wx is not defined. For the product write w*x.',
    de: 'wx ist nicht definiert. Für das Produkt schreib w*x.',
  },
  {
    code: 'unknown-function',
    text: 'y = tahn(1)',
    en: 'tahn is neither a function nor a defined name. Did you mean tanh?',
    de: 'tahn ist weder eine Funktion noch ein definierter Name. Meinst du tanh?',
  },
  {
    code: 'not-a-function',
    text: 'f = 1, y = f(1, 2)',
    en: 'f is a defined name, not a function, so what follows it is a factor. Expected no comma in that.',
    de: 'f ist ein definierter Name, keine Funktion; was darauf folgt, ist ein Faktor. Darin wird kein Komma erwartet.',
  },
  {
    code: 'used-before',
    text: 'y = 2x\nx = 1',
    en: 'x is used before it is defined (on line 2). Move that definition above this line.',
    de: 'x wird benutzt, bevor es definiert ist (in Zeile 2). Verschiebe diese Definition über diese Zeile.',
  },
  {
    code: 'self-reference',
    text: 'x = x + 1',
    en: 'x is defined by itself. Expected an earlier definition of x, as in x = 1.',
    de: 'x wird durch sich selbst definiert. Erwartet: eine frühere Definition von x, etwa x = 1.',
  },
  {
    code: 'unknown-version',
    text: 'c = 1, y = c@2',
    en: 'There is no c@2 here: c has 1 definition above.',
    de: 'c@2 gibt es hier nicht: c hat darüber 1 Definition.',
  },
  {
    code: 'unknown-output',
    text: 'weight = 1',
    options: { of: 'weigth' },
    en: 'No node is called weigth. Did you mean weight?',
    de: 'Kein Knoten heißt weigth. Meinst du weight?',
  },
  {
    code: 'look-alike',
    text: 'z1 = 1, z_1 = 2',
    en: 'z_1 and z1 look alike, but are two different names.',
    de: 'z_1 und z1 sehen einander ähnlich, sind aber zwei verschiedene Namen.',
  },
  {
    code: 'euler',
    text: 'e = 1, y = e^2',
    en: "e^ is read as a power of Euler's number, although e is defined. For a power of your e write (e)^… .",
    de: 'e^ wird als Potenz der Eulerschen Zahl gelesen, obwohl e definiert ist. Für eine Potenz deines e schreib (e)^… .',
  },
  {
    code: 'layer-or-power',
    text: 'w = 1, w^2 = 2, y = 3w^2',
    en: 'This is read as the name w^2, which is defined. For the power write (w)^2.',
    de: 'Das wird als der definierte Name w^2 gelesen. Für die Potenz schreib (w)^2.',
  },
  {
    code: 'exponent-then-product',
    text: 'x = 1, y = e^2x',
    en: 'e^2x is read as e^(2)*x. If all of it is the exponent, write e^(2*x).',
    de: 'e^2x wird als e^(2)*x gelesen. Wenn alles im Exponenten stehen soll, schreib e^(2*x).',
  },
  {
    code: 'argument-count',
    text: 'y = clamp(1)',
    en: 'clamp takes 3 arguments, found 1.',
    de: 'clamp nimmt 3 Argumente, gefunden: 1.',
  },
  {
    code: 'argument-shape',
    text: 'y = softmax(1)',
    en: 'softmax takes vectors, found a number.',
    de: 'softmax nimmt Vektoren, gefunden: eine Zahl.',
  },
  {
    code: 'mixed-arguments',
    text: 'y = max([1, 2], 0)',
    en: 'max takes either one vector or matrix, or a list of numbers; found a vector of 2 among several arguments.',
    de: 'max nimmt entweder einen einzigen Vektor oder eine Matrix, oder eine Liste von Zahlen; gefunden unter mehreren Argumenten: ein Vektor der Länge 2.',
  },
  {
    code: 'shapes-differ',
    text: 'y = [1, 2] + [1, 2, 3]',
    en: '+ needs two values of the same shape, found a vector of 2 and a vector of 3.',
    de: '+ braucht zwei Werte derselben Form, gefunden: ein Vektor der Länge 2 und ein Vektor der Länge 3.',
  },
  {
    code: 'product-shapes',
    text: 'y = [[1, 2]] * [1, 2, 3]',
    en: 'This product is not defined: found a matrix of 1 × 2 on the left and a vector of 3 on the right, expected as many columns on the left as rows on the right.',
    de: 'Dieses Produkt ist nicht definiert: links eine 1 × 2-Matrix, rechts ein Vektor der Länge 3. Erwartet: links so viele Spalten wie rechts Zeilen.',
  },
  {
    code: 'vector-product',
    text: 'v = [1, 2], y = v v',
    en: 'The product of two vectors can mean two things. Write dot(v, v) for the number, v ⊙ v for the products element by element.',
    de: 'Das Produkt zweier Vektoren kann zweierlei heißen. Schreib dot(v, v) für die Zahl, v ⊙ v für die Produkte der einzelnen Elemente.',
  },
  {
    code: 'matrix-power',
    text: 'y = [[1, 2]]^2',
    en: 'A power of a matrix of 1 × 2 can mean two things. Write A*A for the product of matrices, A ⊙ A for the products element by element.',
    de: 'Hier steht eine 1 × 2-Matrix, und eine Potenz davon kann zweierlei heißen. Schreib A*A für das Matrixprodukt, A ⊙ A für die Produkte der einzelnen Elemente.',
  },
  {
    code: 'bars-of-vector',
    text: 'y = |[1, 2]|',
    en: '| | around a vector of 2 can mean two things. Write hypot(v) for its length, abs(v) for the absolute value of each element.',
    de: 'Zwischen | | steht ein Vektor der Länge 2; das kann zweierlei heißen. Schreib hypot(v) für die Länge, abs(v) für den Betrag jedes Elements.',
  },
  {
    code: 'condition-shape',
    text: 'y = where([1, 2], 3, 4)',
    en: 'where needs one condition, found a vector of 2.',
    de: 'where braucht eine einzelne Bedingung, gefunden: ein Vektor der Länge 2.',
  },
  {
    code: 'list-shapes',
    text: 'y = [1, [2]]',
    en: 'The items of a list must have the same shape, found a number and a vector of 1.',
    de: 'Alles in einer Liste muss dieselbe Form haben, gefunden: eine Zahl und ein Vektor der Länge 1.',
  },
  {
    code: 'list-too-deep',
    text: 'y = [[[1]]]',
    en: 'Lists can be vectors and matrices, no more. Expected numbers or vectors in it, found a matrix of 1 × 1.',
    de: 'Listen sind Vektoren oder Matrizen, mehr nicht. Erwartet: Zahlen oder Vektoren. Gefunden: eine 1 × 1-Matrix.',
  },
  {
    code: 'no-elements',
    text: 'x = 1, y = x[0]',
    en: 'There is no such element: this is a number.',
    de: 'Dieses Element gibt es nicht: Hier steht eine Zahl.',
  },
  {
    code: 'index-range',
    text: 'v = [1], y = v[1]',
    en: 'There is no element 1. Expected 0.',
    de: 'Ein Element 1 gibt es nicht. Erwartet: 0.',
  },
  {
    code: 'element-of-defined',
    text: 'v = [1], v[0] = 2',
    en: 'v[0] belongs to v, which is defined as a whole. Define either v or its elements.',
    de: 'v[0] gehört zu v, das als Ganzes definiert ist. Definiere entweder v oder die Elemente.',
  },
  {
    code: 'update-shape',
    text: 'x = 1, x += [1, 2]',
    en: 'This would turn x from a number into a vector of 2. Write x = … if that is meant.',
    de: 'x war eine Zahl und würde hier ein Vektor der Länge 2. Schreib x = … , wenn das gemeint ist.',
  },
  {
    code: 'output-shape',
    text: 'v = [1, 2]',
    en: 'The output must be one number, but v is a vector of 2. Add it up with sum(…), or choose an element with: output v[0]',
    de: 'Die Ausgabe muss eine einzelne Zahl sein, aber v ist ein Vektor der Länge 2. Addiere mit sum(…), oder wähle ein Element mit: output v[0]',
  },
  {
    code: 'second-output',
    text: 'x = 1\noutput x\noutput x',
    en: 'The output was chosen before; this line counts, so it is x.',
    de: 'Die Ausgabe war schon gewählt; es gilt diese Zeile, also x.',
  },
  {
    code: 'leaf-output',
    text: 'x = 1, y = 2x, rate = 3',
    en: 'The last definition, rate, is the output, but it is a number that depends on nothing. Perhaps you want: output y',
    de: 'Die letzte Definition, rate, ist die Ausgabe, aber sie ist eine Zahl, die von nichts abhängt. Vielleicht meinst du: output y',
  },
  {
    code: 'network',
    text: 'net = mlp(2, 3, activation: tanh)',
    en: 'mlp(…) is a network: give compile the extension networks() of @backflow/language/network.',
    de: 'mlp(…) ist ein Netz: Gib compile die Erweiterung networks() aus @backflow/language/network.',
  },
  {
    code: 'unused-value',
    text: 'x = 1',
    options: { values: new Map([['q', 1]]) },
    en: 'The program has no q that could be given a value.',
    de: 'Im Programm gibt es kein q, dem ein Wert gegeben werden könnte.',
  },
  {
    code: 'value-of-computed',
    text: 'x = 1, y = 2x',
    options: { values: new Map([['y', 1]]) },
    en: 'y is computed by the program and cannot be given a value. Expected the name of a leaf.',
    de: 'y wird vom Programm berechnet und kann keinen Wert bekommen. Erwartet: der Name eines Blattes.',
  },
  {
    code: 'value-of-shape',
    text: 'v = [1, 2], y = sum(v)',
    options: { values: new Map([['v', 1]]) },
    en: 'v is a vector of 2. Give its elements values, as in v[0]=1.',
    de: 'v ist ein Vektor der Länge 2. Gib den Elementen Werte, etwa v[0]=1.',
  },
];

describe('every problem has words in English and German', () => {
  it.each(cases)('$code', ({ code, text, options, en: english, de: german }) => {
    const found = compile(text, options).diagnostics.find((diagnostic) => diagnostic.code === code);
    expect(found?.message(en)).toBe(english);
    expect(found?.message(de)).toBe(german);
  });

  it('and every text is here', () => {
    expect(cases.map(({ code }) => code).sort()).toEqual(Object.keys(en.language.problems).sort());
    expect(Object.keys(de.language.problems).sort()).toEqual(Object.keys(en.language.problems).sort());
  });
});

describe('a message', () => {
  const first = (text: string): string => compile(text).diagnostics[0].message(en);

  it('says what is expected for each kind of place', () => {
    expect(first('y = (1 + 2, 3)')).toBe('Expected ), found ,.');
    expect(first('y = [1; 2]')).toBe('Expected ], found ;.');
    expect(first('x = 1, y = x^{1)')).toBe('Expected }, found ).');
    expect(first('x = 1, y = |1 + 2)')).toBe('Expected |, found ).');
    expect(first('y = 1)')).toBe('Expected an operator or the end of the statement, found ).');
    expect(first('x = 1\noutput 2x')).toBe('Expected the name of a node, found 2x.');
  });

  it('knows what other languages write', () => {
    expect(first('a = 1\ny = a.relu()')).toBe('.relu has no meaning in a program; write relu(…).');
    expect(first('a = 1\ny = np.exp(a)')).toBe('.exp has no meaning in a program; write exp(…).');
    expect(first('a = 1\ny = a.backward()')).toMatch(/^\.backward is a derivative\./);
    expect(first('x = Value(2.0)')).toBe('Value has no meaning in a program; write x = 2.');
    expect(first('a = 1\ny = silu(a)')).toBe('silu has no meaning in a program; write x*sigmoid(x).');
    expect(first('a = 1\ny = sin^-1(a)')).toBe('sin^-1 has no meaning in a program; write asin(x).');
    expect(first('a = [1]\ny = sum(a.^2)')).toBe('.^ has no meaning in a program; write ^.');
    expect(first('a = [1]\ny = a.T*a')).toBe('.T has no meaning in a program; write dot(a, b).');
    expect(first('a = 1\ny = ⌊a⌋')).toBe('⌊ has no meaning in a program; write floor(x).');
    expect(first('a = 1\ny = a % 2')).toBe('% has no meaning in a program; write x - n*floor(x/n).');
    expect(first('a = [1]\ny = aᵀ a')).toBe('ᵀ has no meaning in a program; write dot(a, b).');
    expect(first('a = 1\ny = a if a > 0 else 0')).toMatch(/^if has no meaning in a program; write where/);
    expect(first('a = 1\ny = where(a > 0 and a < 1, a, 0)')).toMatch(/^and has no meaning in a program/);
    expect(first('x ← 1\ny = 2x')).toBe('← has no meaning in a program; write =.');
    expect(first('a = 1\ny = a @ a')).toBe('@ has no meaning in a program; write *.');
    expect(first('a = 1\ny = a ? 1 : 2')).toBe(
      '? has no meaning in a program; write where(condition, a, b).',
    );
  });

  it('shows the whole factor that can be read in two ways', () => {
    expect(first('x = 1, y = 3/2x²')).toBe('3/2x² can be read in two ways. Write (3/2)*x² or 3/(2*x²).');
    expect(first('x = 1, y = 1/2sin(x)')).toBe(
      '1/2sin(x) can be read in two ways. Write (1/2)*sin(x) or 1/(2*sin(x)).',
    );
    expect(first('x = 1, y = 1/2√x')).toBe('1/2√x can be read in two ways. Write (1/2)*√x or 1/(2*√x).');
    expect(first('x = 1, y = 1/2|x|^3')).toMatch(/Write \(1\/2\)\*\|x\|\^3 or 1\/\(2\*\|x\|\^3\)\./);
    expect(first('x = 1, y = √2x²')).toBe('√2x² can be read in two ways. Write √(2)*x² or √(2*x²).');
    expect(first('x = 1, y = e^2x²')).toMatch(/^e\^2x² is read as e\^\(2\)\*x²\./);
    // A bracket that is never closed is not looked for.
    expect(first('x = 1, y = 1/2(x')).toMatch(/^1\/2\( can be read/);
  });

  it('gives both readings of a comma before three digits', () => {
    expect(first('n = 13,002')).toBe(
      'A comma separates statements. For the number 13,002 write 13002 or 13.002.',
    );
    expect(compile('n = 1,000,000').diagnostics.map((each) => each.message(en))).toEqual([
      'A comma separates statements. For the number 1,000,000 write 1000000.',
    ]);
    expect(first('n = 1,5, m = 2')).toMatch(/write 1\.5\.$/);
  });

  it('says that brackets do not group where an index was read', () => {
    expect(first('x = 1\ny = x[x + 1]')).toMatch(/found x \+ 1\. To group, write \( \)\.$/);
    expect(first('x = [1], i = 0\ny = x[i]')).toMatch(/found i\.$/);
  });

  it('quotes long text in short', () => {
    expect(first(`y = ${'a'.repeat(1000)}`)).toMatch(/^a{39}… is not defined\./);
  });

  it('offers what to write instead', () => {
    const suggestion = (text: string) => compile(text).diagnostics[0].suggestion?.replacement;
    expect(suggestion('w = 1, x = 2\ny = wx')).toBe('w*x');
    expect(suggestion('weight = 1\ny = weigth')).toBe('weight');
    expect(suggestion('y = sigmod(1)')).toBe('sigmoid');
    expect(suggestion('y = 0,5')).toBe('0.5');
    expect(suggestion('x = 1\ny = sin x')).toBe('sin(x)');
    expect(suggestion('x = 1\ny = sinx')).toBe('sin(x)');
    expect(suggestion('x = 1\ny = xsin(x)')).toBe('x*sin');
    expect(suggestion('x = 1\ny = 2ex')).toBe('e*x');
    expect(suggestion('y ≈ 1')).toBe(undefined);
    expect(suggestion('y == 1')).toBe('=');
    expect(suggestion('n = 13,002')).toBe(undefined);
    expect(suggestion('x = [1, 2]\ny = x₀')).toBe(undefined);
    expect(suggestion('y = where(1 = 2, 3, 4)')).toBe('==');
  });

  it('stands at a line and a column, counted in characters', () => {
    const { line, column, from, to } = compile('# 𝑥𝑦\r\n𝑥 = 1\r\ny = 𝑥 $').diagnostics[0];
    expect({ line, column, from, to }).toEqual({ line: 3, column: 7, from: 23, to: 24 });
  });
});

describe('problems', () => {
  const codes = (text: string): string[] =>
    compile(text).diagnostics.map(({ line, code }) => `${line} ${code}`);

  it('are found on every line, not only the first', () => {
    expect(codes('x = \ny = 2 3\nz = foo(1)\nw = 1')).toEqual([
      '1 unexpected',
      '2 missing-operator',
      '3 unknown-function',
    ]);
  });

  it('do not follow from one another', () => {
    expect(codes('x = (1\ny = 2x\nz = x + y')).toEqual(['1 unclosed-bracket']);
    expect(codes('x = q\ny = x*2\nz = x*y + q')).toEqual(['1 undefined-name']);
    expect(codes('v = [1, 2] + [1]\nw = v + 1\ny = sum(w)')).toEqual(['1 shapes-differ']);
    expect(codes('y = x\nz = x + y\nx = 1')).toEqual(['1 used-before']);
    expect(codes('x 2\ny = 3x\nz = x + y')).toEqual(['1 unexpected']);
    expect(codes('x ≈ 2\ny = 3x')).toEqual(['1 foreign-symbol']);
    expect(codes('x + 2\ny = 3x')).toEqual(['1 bare-formula']);
    expect(codes('dx/dt\ny = 3, x = 1')).toEqual(['1 derivative']);
    expect(codes('x = [1, 2]\ny = x[-1]')).toEqual(['2 bad-index']);
  });

  it('of an unclosed bracket end where the next definition begins', () => {
    expect(codes('x = (1 + 2\ny = 3)\nz = [1,\n 2\nw = 1')).toEqual([
      '1 unclosed-bracket',
      '2 unexpected',
      '3 unclosed-bracket',
    ]);
  });
});
