import type { Messages } from './en.ts';

// Every text that the page shows, in German. The command line's own are in command-de.ts.

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
const language: Messages['language'] = {
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

    network: ({ found }) =>
      `${found}(…) ist ein Netz: Gib compile die Erweiterung networks() aus @backflow/language/network.`,

    'unused-value': ({ name }) => `Im Programm gibt es kein ${name}, dem ein Wert gegeben werden könnte.`,
    'value-of-computed': ({ name, suggestion }) =>
      `${name} wird vom Programm berechnet und kann keinen Wert bekommen. ${suggestion === undefined ? 'Erwartet: der Name eines Blattes.' : didYouMean(suggestion)}`,
    'value-of-shape': ({ name, shape }) =>
      `${name} ist ${shapeOf(shape)}. Gib den Elementen Werte, etwa ${name}[0]${shape.length > 1 ? '[0]' : ''}=1.`,
  },
};

/** What the steps of a run say, in German. */
const trace: Messages['trace'] = {
  language: 'de',
  start: 'Nur die Blätter haben Werte; berechnet ist noch nichts.',

  evaluate: ({ equation }) => `Berechne ${equation}.`,

  seed: ({ equation, output }) =>
    `Startwert ${equation}: Ändert sich ${output}, so ändert sich ${output} selbst um genauso viel.`,

  visitOutput: ({ equation, ending }) =>
    `${equation} ist endgültig, denn hinter der Ausgabe liegt nichts mehr${ending}.`,
  visit: ({ equation, reported, uses, ending }) =>
    `${equation} ist endgültig: ${uses === 1 ? 'Die einzige Verwendung hat' : `${reported} von ${uses} Verwendungen haben`} gemeldet${ending}.`,
  visitEarly: ({ equation, reported, uses, ending }) =>
    `${equation} wird weitergegeben, obwohl erst ${reported} von ${uses} Verwendungen gemeldet ${reported === 1 ? 'hat' : 'haben'}${ending}.`,
  nextVisit: ({ next }) => `; als Nächstes kommt ${next}`,
  lastVisit: '; damit ist der Lauf zu Ende',
  passed: ({ parts, more }) => {
    const shown = parts.map(({ amount, to }) => `${amount} an ${to}`);
    return `Weitergegeben ${parts.length + more === 1 ? 'wird' : 'werden'} ${more === 0 ? list(shown) : `${shown.join(', ')} und so fort an ${more} ${more === 1 ? 'weitere Eingabe' : 'weitere Eingaben'}`}.`;
  },
  waiting: ({ name, waitsFor, more }) =>
    `, während ${name} noch auf ${list(waitsFor)} wartet${more === 0 ? '' : ` und ${more} ${more === 1 ? 'weiterer Knoten wartet' : 'weitere Knoten warten'}`}`,

  contribute: ({ input, consumer, equation, slope }) =>
    `${input} erhält ${equation} von ${consumer}, denn entlang dieser Kante ist ${slope}.`,

  useOf: ({ consumer, use, uses }) => `${consumer} (Verwendung ${use} von ${uses} dort)`,

  accumulateOnly: ({ equation }) => `${equation}: Die einzige Verwendung hat gemeldet.`,
  accumulate: ({ equation, reported, uses }) =>
    `${equation}${reported < uses ? ' bis jetzt' : ''}: ${reported} von ${uses} Verwendungen ${reported === 1 ? 'hat' : 'haben'} gemeldet.`,

  update: ({ name, equation, rate }) =>
    `Neuer Wert ${name} ← ${equation}: ein Schritt gegen den Gradienten mit η = ${rate}.`,

  kink: ({ chosen, low, high }) =>
    `Steigung ${chosen} in diesem Knick nach Vereinbarung: Jeder Wert in [${low}, ${high}] ist ein Subgradient.`,
  jump: ({ chosen }) =>
    `Der Wert springt hier, eine Steigung gibt es nicht; nach Vereinbarung gilt ${chosen}.`,
  opaque: 'Die Operation berechnet ihre Steigung selbst; eine Formel dafür ist nicht angegeben.',
  flat: 'Die Steigung ist fast überall null: Durch diese Operation lässt sich nichts lernen.',
  born: {
    value: ({ value }) => `Hier entsteht ${value}: Alle Eingaben sind endlich.`,
    contribution: ({ value }) => `Auf dieser Kante wird der Gradient ${value}: Was ankam, war es noch nicht.`,
    gradient: ({ value }) => `In dieser Summe wird der Gradient ${value}: Die Teile sind es nicht.`,
  },
  stable: ({ shown, local }) =>
    `In Gleitkommazahlen ergibt die gezeigte Formel ${shown}; ${local} stammt aus einer stabilen Form von ihr.`,
  untaken: ({ input }) =>
    `${input} steht im nicht gewählten Zweig: Es wird nicht berechnet, und kein Gradient fließt dort.`,

  forwardDone: ({ count, equation }) =>
    `Vorwärtslauf fertig: ${count} ${count === 1 ? 'Operation' : 'Operationen'}, ${equation}.`,
  backwardDone: ({ leaves, more }) =>
    leaves.length === 0
      ? 'Rückwärtslauf fertig.'
      : `Rückwärtslauf fertig: ${more === 0 ? list(leaves) : `${leaves.join(', ')} und ${more} weitere`}.`,
  updateDone: ({ count, output, before, after }) =>
    `Aktualisierung fertig: Mit ${count} ${count === 1 ? 'geänderten Blatt' : 'geänderten Blättern'} ginge ${output} von ${before} auf ${after}.`,

  derivation: {
    title: ({ output }) => `Herleitung des Gradienten von ${output}`,
    program: 'Programm',
    forward: 'Vorwärts: Werte',
    backward: ({ output }) => `Rückwärts: Ableitungen von ${output}`,
    leaves: 'Gradienten der Blätter',
    update: ({ rate }) => `Lernschritt: gegen den Gradienten, ${rate} mal so weit`,
    omitted: ({ count }) => `… und ${count} weitere.`,
    noPath: ({ output }) => `${output} hängt von diesen Blättern nicht ab`,
    otherwise: 'sonst',
  },
};

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} und ${items.at(-1) ?? ''}`;
}

/** The texts of the graph pane in German. */
const graph: Messages['graph'] = {
  label: (output) => `Graph von ${output}`,
  value: 'Wert',
  partial: (reported, uses) => `${reported} von ${uses}`,
  leaf: 'gegebene Zahl',
  operation: (symbol) => `Operation ${symbol}`,
  whole: (symbol) => `Operation ${symbol}, O öffnet ihre Teile`,
  notComputed: 'Wert noch nicht berechnet',
  card: (name, kind, value, gradient) => `${name}, ${kind}, ${value}, ${gradient}`,
  valueIs: (value) => `Wert ${value}`,
  gradient: {
    none: (name) => `${name} noch nicht erreicht`,
    partial: (name, total, reported, uses) =>
      `${name} bisher ${total}, ${reported} von ${uses} Verwendungen haben gemeldet`,
    final: (name, total) => `${name} = ${total}, endgültig`,
    zero: (name) => `${name} = 0, kein Weg zum Ergebnis`,
  },
  enterValue: (name) => `Neuer Wert von ${name}`,
  notANumber: 'Erwartet wird eine Zahl, etwa 0,5 oder −2',
  withoutWebgl: 'Dieser Browser zeichnet ohne WebGL: hier ist der ganze Graph zum Blättern.',
  lostWebgl:
    'Die Grafikkarte ist beschäftigt: hier ist der ganze Graph zum Blättern. Die Ansicht kommt von selbst wieder.',
};

/** The page's own texts in German. */
const page: Messages['page'] = {
  title: 'Backflow',
  untitled: 'Ohne Titel',

  commands: {
    playPause: 'Abspielen oder anhalten',
    stepForward: 'Schritt vor',
    stepBack: 'Schritt zurück',
    nodeForward: 'Schritt vor über einen Knoten',
    nodeBack: 'Schritt zurück über einen Knoten',
    toStart: 'Zum Anfang',
    toEnd: 'Zum Ende',
    nextStop: 'Nächster Halt',
    previousStop: 'Voriger Halt',
    finer: 'Feinere Schritte',
    coarser: 'Gröbere Schritte',
    faster: 'Schneller',
    slower: 'Langsamer',
    fit: 'Den ganzen Graphen zeigen',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    follow: 'Den Schritten folgen',
    find: 'Knoten suchen',
    showGraph: 'Den Graphen zeigen',
    showTable: 'Die Tabelle zeigen',
    showMemo: 'Memoisierung zeigen',
    showNetwork: 'Netz zeigen',
    toggleSource: 'Quelltext ein oder aus',
    toggleInspector: 'Einzelheiten ein oder aus',
    nudgeUp: 'Die gewählte Zahl etwas erhöhen',
    nudgeDown: 'Die gewählte Zahl etwas senken',
    toggleSum: 'Das gewählte Σ in seine Teile öffnen oder schließen',
    escape: 'Verlassen: schließen, abwählen',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    newDocument: 'Neues Dokument',
    open: 'Datei öffnen …',
    save: 'Als Datei sichern',
    share: 'Link hierher kopieren',
    qr: 'Link als QR-Code',
    reset: 'Zurück zum Anfangszustand',
    exportSvg: 'Bild als SVG',
    exportPng: 'Bild als PNG',
    exportDerivation: 'Herleitung als Markdown',
    exportMarked: 'Korrigierte Notizen als Markdown',
    writeNotes: 'Schreib meine Notizen',
    nextMark: 'Nächstes Zeichen in den Notizen',
    moreAboutMark: 'Mehr zu diesem Zeichen sagen',
    updatePass: 'Lernschritt ein oder aus',
    predict: 'Erst vorhersagen',
    palette: 'Alle Befehle',
    help: 'Tasten und Hilfe',
    projector: 'Beamer ein oder aus',
    blank: 'Bildschirm leeren',
    theme: 'Hell oder dunkel',
    language: 'Englisch oder Deutsch',
    moreDigits: 'Mehr Stellen',
    fewerDigits: 'Weniger Stellen',
    singleKeys: 'Einzeltasten ein oder aus',
    backToWork: 'Zurück zu meiner Arbeit',
  },
  keyCaps: { ctrl: 'Strg', alt: 'Alt', shift: 'Umschalt', space: 'Leertaste', home: 'Pos1', end: 'Ende' },
  commandGroups: { steps: 'Schritte', view: 'Ansicht', document: 'Dokument', page: 'Seite' },

  menu: {
    examples: 'Beispiele',
    document: 'Dokument',
    view: 'Ansicht',
    menu: 'Menü',
    exportHeading: 'Ausgeben',
    theme: 'Farben',
    themes: { auto: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    language: 'Sprache',
    languages: { en: 'English', de: 'Deutsch' },
    digits: 'Stellen',
    digitsOf: (digits) => `${digits} Stellen`,
    singleKeys: 'Einzeltasten',
    rate: 'Lernrate eines Lernschritts',
    rateHint: 'keine',
    close: 'Schließen',
  },

  examples: {
    'first-slip': 'Sechs Zeilen, ein Fehler',
    'why-memoize': 'Warum memoisieren? Eine Lektion mit Halten',
    square: 'Eine Zahl, zweimal benutzt',
    'two-weights': 'Zwei Gewichte hintereinander',
    circuit: 'Eine Summe mal eine Zahl',
    'four-nodes': 'Vier Knoten, die die richtige Reihenfolge brauchen',
    doubling: 'Zehn Verdopplungen, tausend Pfade',
    'cost-surface': 'Das Gefälle einer Kostenfläche',
    'sine-and-root': 'Ein Sinus und eine Wurzel',
    neuron: 'Ein Neuron mit Sigmoid',
    'chain-of-neurons': 'Drei Schichten aus einem Neuron',
    mazur: 'Das Zwei-zwei-zwei-Netz von Mazur',
    'twenty-weights': 'Vier, drei, zwei, eins: zwanzig Gewichte',
    micrograd: 'Das Programm aus dem README von micrograd',
    line: 'Eine Gerade',
    xor: 'Exklusives Oder',
    blobs: 'Drei Wolken',
    sine: 'Ein Sinus aus Hügeln',
    circles: 'Ein Kreis im anderen',
    moons: 'Zwei Monde',
    spiral: 'Zwei Spiralarme',
    'four-three-two-one': 'Vier, drei, zwei, eins als Netz',
    camera: 'Eine Kamera mit vier Pixeln',
    digits: 'Gezeichnete Ziffern: 13.002 Parameter',
  },

  panes: {
    source: 'Quelltext',
    notes: 'Notizen',
    graph: 'Graph',
    table: 'Tabelle',
    memo: 'Memoisierung',
    network: 'Netz',
    inspector: 'Einzelheiten',
    transport: 'Ablauf',
    views: 'Ansichten',
    stale: 'Dies ist das letzte gültige Bild; der Text hat sich seither geändert.',
    drawing: (count) => `${count} Knoten werden angeordnet …`,
    largeTitle: 'Zu groß zum Zeichnen',
    large: (count) =>
      `${count} Knoten anzuordnen dauerte zu lange und wurde abgebrochen. Die Tabelle zeigt jeden davon, und Schritte gehen auch.`,
    emptyTitle: 'Noch nichts zu zeichnen',
    empty: 'Schreib eine Formel wie  y = x·x  und darüber  x = 3,  oder öffne ein Beispiel.',
    emptyNotes:
      'Schreib oder füge eine Herleitung ein, etwa  z = w·x + b = 1,5·0,6 − 0,4 = 0,5:  Ihr Graph erscheint hier.',
  },

  editor: {
    labels: { program: 'Programm', document: 'Programm und Notizen', notes: 'Notizen' },
    readAs: 'Lesen als',
    marks: 'Zeichen der Notizen',
    readOnly: 'In einem Programm aufgezeichnet; dieser Text lässt sich nicht ändern.',
    problems: 'Fehler und Hinweise',
    error: 'Fehler',
    notice: 'Hinweis',
    place: (line, column) => `Zeile ${line}, Spalte ${column}`,
    finding: 'Nicht endlich',
    bornValue: (name, value) =>
      `${name} ist ${value}: alles, was hineingeht, ist endlich; es entstand also hier.`,
    givenValue: (name, value) => `${name} ist als ${value} gegeben.`,
    bornContribution: (input, name, local, value) =>
      `Der Gradient von ${input} wird hier ${value}: die Steigung von ${name} ist ${local}.`,
    bornGradient: (name, value) => `Der Gradient von ${name} wächst auf ${value}.`,
    apply: (text) => `Ersetzen durch ${text}`,
    more: (count) => `und ${count} weitere`,
    computing: 'Rechnet …',
    cancel: 'Abbrechen',
    cancelled: 'Abgebrochen. Das letzte gültige Bild bleibt; ändere den Text, um es neu zu versuchen.',
    tooSlow: (seconds) =>
      `Das dauerte länger als ${seconds} Sekunden und wurde abgebrochen. Das letzte gültige Bild bleibt; ein kleineres Programm geht.`,
    crashed:
      'Die Rechnung brach ab. Das letzte gültige Bild bleibt; ändere den Text, um es neu zu versuchen.',
    keys: 'Zeichen',
  },

  transport: {
    play: 'Abspielen',
    pause: 'Anhalten',
    step: 'Schritt',
    count: (step, of) => `Schritt ${step} von ${of}`,
    granularity: 'Schrittweite',
    granularities: { pass: 'Durchlauf', node: 'Knoten', edge: 'Kante' },
    speed: 'Tempo',
    phases: { forward: 'vorwärts', backward: 'rückwärts', update: 'Lernschritt' },
    phaseOf: (count, phase) => `${count}, ${phase}`,
    follow: 'Folgen',
    noNumbers: 'Hier hat noch nichts eine Zahl, also gibt es keine Schritte.',
    begin: 'Nur die gegebenen Zahlen sind bekannt. Geh einen Schritt vor oder spiele ab.',
    caption: 'Was dieser Schritt tut',
  },

  notices: {
    linkOpened: 'Dieses Dokument kam mit einem Link. Deine eigene Arbeit ist aufgehoben.',
    linkOpenedFirst: 'Dieses Dokument kam mit einem Link.',
    keep: 'Zu meiner Arbeit machen',
    close: 'Schließen',
    linkCut:
      'Dieser Link ist unvollständig: sein Ende fehlt. Bitte noch einmal darum oder kopiere ihn ganz. Deine eigene Arbeit ist unberührt.',
    linkDamaged:
      'Dieser Link lässt sich nicht lesen: er ist beschädigt oder keiner von hier. Deine eigene Arbeit ist unberührt.',
    linkLarge:
      'Dieser Link ergibt entpackt mehr als 2 MB und wurde nicht geöffnet. Deine eigene Arbeit ist unberührt.',
    linkNewer:
      'Dieser Link stammt von einer neueren Fassung dieser Seite. Deine eigene Arbeit ist unberührt.',
    copied: 'Der Link ist kopiert.',
    reset: 'So wurde es geöffnet. Rückgängig holt die Änderungen zurück.',
    copyFailed: 'Der Browser hat das Kopieren nicht erlaubt. Der Link steht in der Adresszeile.',
    linkTooLong: 'Dieses Dokument ist zu lang für einen Link. Sichere es als Datei.',
    storageFull: 'Der Browser hat keinen Platz mehr für diesen Text. Sichere ihn als Datei, bevor du gehst.',
    storageNone: 'Der Browser erlaubt hier kein Speichern. Sichere den Text als Datei, bevor du gehst.',
    fileTooLarge: (size) => `Die Datei hat ${size}; geöffnet werden höchstens 2 MB.`,
    fileUnreadable: 'Die Datei ließ sich nicht als Text lesen.',
    imageFailed: 'Das Bild ließ sich nicht herstellen.',
    recordingFailed: (why) => `Die Aufzeichnung ließ sich nicht öffnen: ${why}`,
    recordingForeign: 'Nur Aufzeichnungen vom selben Ort wie diese Seite werden geöffnet.',
    recordingOpened:
      'Dies hat ein Programm aufgezeichnet. Hier kannst du es ändern; das Programm bleibt, wie es ist.',
    recordingFixed:
      'Dies hat ein Programm aufgezeichnet, das sich nicht als Text mit denselben Zahlen schreiben lässt. Man kann hindurchgehen, es aber nicht ändern.',
    leafMoved: 'Diese Zahl steht nicht mehr, wo sie war: berichtige zuerst den Text.',
    leafOfNotes: 'Diese Zahl wurde aus den Notizen gelesen: ändere sie dort.',
    readAsNotes: 'Das ist kein Programm und wird als Notizen gelesen.',
    readAsProgram: 'Es ist ein Programm',
  },
};

/** Every text that the page shows, in German. */
export const de: Messages = { language, trace, graph, page };
