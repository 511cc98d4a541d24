import type { language as english } from './language-en.ts';

type Shape = readonly number[];

const END = 'das Ende der Anweisung';

const quoted = (found: string): string => (found === '' ? END : found);

/** True for more than one word or number. */
const isFormula = (text: string): boolean => /[^\p{L}\p{Nd}_.−-]/u.test(text);

/** In the nominative: the sentences are built so that they need no other case. */
const shapeOf = (shape: Shape): string =>
  shape.length === 0
    ? 'eine Zahl'
    : shape.length === 1
      ? `ein Vektor der Länge ${shape[0]}`
      : `eine ${shape[0]} × ${shape[1]}-Matrix`;

const didYouMean = (suggestion: string): string => `Meinst du ${suggestion}?`;

const expected = {
  operand: 'eine Zahl, ein Name oder eine öffnende Klammer',
  operator: 'ein Operator oder das Ende der Anweisung',
  name: 'der Name eines Knotens',
  '=': '=',
  ')': ')',
  ']': ']',
  '}': '}',
  '|': '|',
};

/** What the language says about a program, in German. */
export const language: typeof english = {
  thousands: '.',
  expected,

  problems: {
    'text-too-long': ({ length, limit }) =>
      `Der Text hat ${length} Zeichen; höchstens ${limit} werden gelesen.`,
    'empty-program': () => 'Hier steht noch keine Formel. Schreib eine, etwa: x = 2, y = x^2',
    'unclosed-fence': () => 'Dieser Block wird nie geschlossen: Alles bis zum Ende gilt als Programm.',
    'unmarked-fence': ({ found }) =>
      `Kein Block ist als Programm gekennzeichnet. Schreib \`\`\`backflow, wo dieser beginnt; gefunden: ${found}.`,
    'more-problems': ({ limit }) => `Es gibt noch mehr Fehler; gezeigt werden die ersten ${limit}.`,
    'too-deep': ({ limit }) =>
      `Klammern, Vorzeichen und Potenzen sind hier mehr als ${limit}-fach geschachtelt. Gib Teilen der Formel eigene Namen.`,
    'too-many-nodes': ({ count, limit }) =>
      `Dieses Programm ergäbe einen Graphen mit ${count} Knoten; höchstens ${limit} werden aufgezeichnet.`,
    'too-many-edges': ({ count, limit }) =>
      `Dieses Programm ergäbe einen Graphen mit ${count} Kanten; höchstens ${limit} werden aufgezeichnet.`,

    'unknown-character': ({ found }) => `${found} hat in einer Formel keine Bedeutung.`,
    'foreign-symbol': ({ found, instead }) =>
      `${found} hat in einem Programm keine Bedeutung; schreib ${instead}.`,
    'unknown-command': ({ found }) =>
      `${found} wird in einem Programm nicht verstanden; schreib die Formel mit gewöhnlichen Zeichen, etwa a/b oder sqrt(x).`,
    'bad-number': ({ found }) =>
      `${found} ist keine Zahl. Erwartet: Ziffern mit höchstens einem Punkt, etwa 13002 oder 1.5e-3.`,
    'number-too-large': ({ found }) =>
      `${found} ist größer als jede Zahl, die gespeichert werden kann (etwa 1.8e308).`,
    'bad-superscript': ({ found }) =>
      `Der Exponent ${found} wird nicht verstanden. Erwartet: eine ganze Zahl oder ein Buchstabe; für alles andere schreib x^(…).`,
    'unclosed-brace': () => 'Nach dieser { wird ein Index erwartet, den eine } schließt, etwa w_{11}.',
    derivative: ({ found }) =>
      `${found} ist eine Ableitung. Ein Programm enthält die Formeln, die abgeleitet werden; die Ableitungen berechnet Backflow daraus.`,

    unexpected: ({ found, expected: due }) => `Erwartet: ${expected[due]}. Gefunden: ${quoted(found)}.`,
    'unclosed-bracket': ({ bracket, closing }) =>
      `Diese ${bracket} wird nie geschlossen. Erwartet: ${closing}. Gefunden: ${END}.`,
    'missing-operator': ({ found }) =>
      `Vor ${found} wird ein Operator erwartet, etwa *${found} oder ^${found}.`,
    'ambiguous-division': ({ found, first, second }) =>
      `${found} lässt sich auf zwei Arten lesen. Schreib ${first} oder ${second}.`,
    'ambiguous-root': ({ found, first, second }) =>
      `${found} lässt sich auf zwei Arten lesen. Schreib ${first} oder ${second}.`,
    'chained-comparison': ({ found }) =>
      `Vergleiche lassen sich nicht verketten: Hier steht ein zweiter, ${found}. Schreib sie einzeln, etwa (a < x)*(x < b).`,
    'equals-in-formula': () => 'Gefunden: = in Klammern. Zum Vergleichen schreib ==.',
    'double-equals': ({ name }) => `== vergleicht zwei Werte. Um ${name} zu definieren, schreib =.`,
    'second-equals': () =>
      'Gefunden: ein zweites = in einer Anweisung. Gib jedem Namen eine eigene Zeile; zum Vergleichen schreib ==.',
    'left-side': ({ found }) =>
      found === ''
        ? 'Vor = wird ein Name erwartet.'
        : `Vor = wird ein einzelner Name erwartet, gefunden: ${found}.`,
    'function-definition': ({ name, parameter }) =>
      `In einem Programm lassen sich keine Funktionen definieren. Gib ${parameter === '' ? 'der Eingabe' : parameter} einen Wert und schreib ${name} = … .`,
    'version-assigned': ({ found, name }) =>
      `${found} ist eine frühere Definition von ${name} und kann nicht selbst definiert werden. Schreib ${name} = … .`,
    'decimal-comma': ({ found, instead, other }) =>
      `Ein Komma trennt Anweisungen. Für die Zahl ${found} schreib ${instead}${other === null ? '' : ` oder ${other}`}.`,
    'bare-formula': () =>
      'Diese Formel braucht einen Namen, etwa y = … . Nur die letzte Anweisung darf ohne Namen stehen.',
    'continued-line': ({ found }) =>
      `Hier wird ein Name erwartet, gefunden: ${found}. Eine Anweisung geht nur innerhalb von Klammern auf der nächsten Zeile weiter.`,
    'needs-parentheses': ({ name, suggestion }) =>
      `${name} ist eine Funktion. Ihr Argument wird in Klammern erwartet, etwa ${suggestion ?? `${name}(x)`}.`,
    'function-power': ({ name }) =>
      `Die Potenz einer Funktion steht hinter ihrem Argument, etwa ${name}(x)^2.`,
    'brace-group': () => 'Geschweifte Klammern fassen hier nichts zusammen. Schreib ( ).',
    'bracket-group': ({ found, instead }) =>
      `${found} ist ein Vektor mit einem Element. Zum Zusammenfassen schreib ${instead}.`,
    'empty-list': () => 'Zwischen [ und ] wird mindestens eine Zahl erwartet.',
    'bad-index': ({ found }) =>
      `Als Index eines Elements wird eine ganze Zahl ab 0 erwartet, gefunden: ${quoted(found)}.${isFormula(found) ? ' Zum Zusammenfassen schreib ( ).' : ''}`,

    'undefined-name': ({ name, suggestion }) =>
      suggestion === undefined
        ? `${name} ist nicht definiert. Definiere es in einer Zeile darüber, etwa ${name} = 1.`
        : `${name} ist nicht definiert. ${didYouMean(suggestion)}`,
    'joined-names': ({ name, product }) => `${name} ist nicht definiert. Für das Produkt schreib ${product}.`,
    'unknown-function': ({ name, suggestion }) =>
      `${name} ist weder eine Funktion noch ein definierter Name.${suggestion === undefined ? '' : ` ${didYouMean(suggestion)}`}`,
    'not-a-function': ({ name }) =>
      `${name} ist ein definierter Name, keine Funktion; was darauf folgt, ist ein Faktor. Darin wird kein Komma erwartet.`,
    'used-before': ({ name, line }) =>
      `${name} wird benutzt, bevor es definiert ist (in Zeile ${line}). Verschiebe diese Definition über diese Zeile.`,
    'self-reference': ({ name }) =>
      `${name} wird durch sich selbst definiert. Erwartet: eine frühere Definition von ${name}, etwa ${name} = 1.`,
    'unknown-version': ({ name, version, count }) =>
      `${name}@${version} gibt es hier nicht: ${name} hat darüber ${count} ${count === '1' ? 'Definition' : 'Definitionen'}.`,
    'unknown-output': ({ name, suggestion }) =>
      `Kein Knoten heißt ${name}.${suggestion === undefined ? '' : ` ${didYouMean(suggestion)}`}`,
    'look-alike': ({ name, other }) =>
      `${name} und ${other} sehen einander ähnlich, sind aber zwei verschiedene Namen.`,
    euler: ({ found }) =>
      `${found} wird als Potenz der Eulerschen Zahl gelesen, obwohl e definiert ist. Für eine Potenz deines e schreib (e)^… .`,
    'layer-or-power': ({ name, power }) =>
      `Das wird als der definierte Name ${name} gelesen. Für die Potenz schreib ${power}.`,
    'exponent-then-product': ({ found, exponent, product }) =>
      `${found} wird als ${product} gelesen. Wenn alles im Exponenten stehen soll, schreib ${exponent}.`,

    'argument-count': ({ name, found, least, most }) => {
      const wanted =
        most === Infinity ? `mindestens ${least}` : least === most ? `${least}` : `${least} oder ${most}`;
      const single = wanted === '1' || wanted === 'mindestens 1';
      return `${name} nimmt ${wanted} ${single ? 'Argument' : 'Argumente'}, gefunden: ${found}.`;
    },
    'argument-shape': ({ name, shape }) => `${name} nimmt Vektoren, gefunden: ${shapeOf(shape)}.`,
    'mixed-arguments': ({ name, shape }) =>
      `${name} nimmt entweder einen einzigen Vektor oder eine Matrix, oder eine Liste von Zahlen; gefunden unter mehreren Argumenten: ${shapeOf(shape)}.`,
    'shapes-differ': ({ operator, left, right }) =>
      `${operator} braucht zwei Werte derselben Form, gefunden: ${shapeOf(left)} und ${shapeOf(right)}.`,
    'product-shapes': ({ left, right }) =>
      `Dieses Produkt ist nicht definiert: links ${shapeOf(left)}, rechts ${shapeOf(right)}. Erwartet: links so viele Spalten wie rechts Zeilen.`,
    'vector-product': ({ left, right }) =>
      `Das Produkt zweier Vektoren kann zweierlei heißen. Schreib dot(${left}, ${right}) für die Zahl, ${left} ⊙ ${right} für die Produkte der einzelnen Elemente.`,
    'matrix-power': ({ shape }) =>
      `Hier steht ${shapeOf(shape)}, und eine Potenz davon kann zweierlei heißen. Schreib A*A für das Matrixprodukt, A ⊙ A für die Produkte der einzelnen Elemente.`,
    'bars-of-vector': ({ shape }) =>
      `Zwischen | | steht ${shapeOf(shape)}; das kann zweierlei heißen. Schreib hypot(v) für die Länge, abs(v) für den Betrag jedes Elements.`,
    'condition-shape': ({ shape }) => `where braucht eine einzelne Bedingung, gefunden: ${shapeOf(shape)}.`,
    'list-shapes': ({ first, other }) =>
      `Alles in einer Liste muss dieselbe Form haben, gefunden: ${shapeOf(first)} und ${shapeOf(other)}.`,
    'list-too-deep': ({ shape }) =>
      `Listen sind Vektoren oder Matrizen, mehr nicht. Erwartet: Zahlen oder Vektoren. Gefunden: ${shapeOf(shape)}.`,
    'no-elements': ({ shape }) => `Dieses Element gibt es nicht: Hier steht ${shapeOf(shape)}.`,
    'index-range': ({ index, size }) =>
      `Ein Element ${index} gibt es nicht. Erwartet: ${size === 1 ? '0' : `ein Index von 0 bis ${size - 1}`}.`,
    'element-of-defined': ({ name, whole }) =>
      `${name} gehört zu ${whole}, das als Ganzes definiert ist. Definiere entweder ${whole} oder die Elemente.`,
    'update-shape': ({ name, before, after }) =>
      `${name} war ${shapeOf(before)} und würde hier ${shapeOf(after)}. Schreib ${name} = … , wenn das gemeint ist.`,
    'output-shape': ({ name, shape }) =>
      `Die Ausgabe muss eine einzelne Zahl sein, aber ${name} ist ${shapeOf(shape)}. Addiere mit sum(…), oder wähle ein Element mit: output ${name}[0]${shape.length > 1 ? '[0]' : ''}`,
    'second-output': ({ name }) => `Die Ausgabe war schon gewählt; es gilt diese Zeile, also ${name}.`,
    'leaf-output': ({ name, last }) =>
      `Die letzte Definition, ${name}, ist die Ausgabe, aber sie ist eine Zahl, die von nichts abhängt. Vielleicht meinst du: output ${last}`,

    'unused-value': ({ name }) => `Im Programm gibt es kein ${name}, dem ein Wert gegeben werden könnte.`,
    'value-of-computed': ({ name, suggestion }) =>
      `${name} wird vom Programm berechnet und kann keinen Wert bekommen. ${suggestion === undefined ? 'Erwartet: der Name eines Blattes.' : didYouMean(suggestion)}`,
    'value-of-shape': ({ name, shape }) =>
      `${name} ist ${shapeOf(shape)}. Gib den Elementen Werte, etwa ${name}[0]${shape.length > 1 ? '[0]' : ''}=1.`,
  },
};
