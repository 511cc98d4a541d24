import type { LineRole, NetworkProblems, ValueRange } from './problems-en.ts';

const ROLES: Readonly<Record<LineRole, string>> = {
  net: 'ein Netz, das erste',
  data: 'eine Zeile mit Daten, die erste',
  loss: 'einen Verlust, den ersten',
  train: 'eine Zeile zum Training, die erste',
  example: 'ein Beispiel, das erste',
};

const didYouMean = (suggestion: string | null): string =>
  suggestion === null ? '' : ` Meintest du ${suggestion}?`;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} oder ${words.at(-1) ?? ''}`;

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function rangeOf({ number, words = [], text = false }: ValueRange): string {
  const parts: string[] = [];
  if (number !== undefined) {
    const { whole = false, least, above, below, most } = number;
    const bounds = [
      ...(above === undefined ? [] : [`über ${above}`]),
      ...(least === undefined ? [] : most === undefined ? [`ab ${least}`] : [`von ${least} bis ${most}`]),
      ...(below === undefined ? [] : [`unter ${below}`]),
    ];
    const kind = whole ? 'eine ganze Zahl' : 'eine Zahl';
    parts.push(bounds.length === 0 ? kind : `${kind} ${bounds.join(', ')}`);
  }
  if (text) parts.push('einen Text in Anführungszeichen');
  return listed([...parts, ...words]);
}

/** Was an Netzzeilen nicht stimmt, auf Deutsch. */
export const problemsDe: NetworkProblems = {
  unknownWord: ({ found, suggestion }) =>
    `${found}(…) ist weder eine Funktion noch ein Wort für Netzzeilen.${didYouMean(suggestion)}`,
  bareWord: ({ found, usage }) => `${found} braucht seine Klammern, etwa ${usage}.`,
  secondLine: ({ role, line }) => `Ein Dokument hat ${ROLES[role]} steht in Zeile ${line}.`,
  needsNet: ({ found }) => `${found} braucht ein Netz. Schreib eines, etwa net = mlp(2, 16, 16, 1).`,
  needsData: ({ found }) => `${found} braucht Daten. Schreib eine Zeile, etwa data = moons(100).`,
  needsLoss: ({ found }) => `${found} braucht einen Verlust. Schreib eine Zeile, etwa loss = squared().`,

  unexpected: ({ found, due }) =>
    `Erwartet: ${due === 'value' ? 'ein Wert' : 'ein Komma oder )'}. Gefunden: ${found === '' ? 'das Ende der Zeile' : found}.`,
  equals: ({ option }) => `Optionen stehen mit Doppelpunkt. Schreib ${option}: und den Wert.`,
  unclosed: () => 'Diese ( wird nie geschlossen.',
  after: ({ found }) => `Eine Netzzeile endet mit ihrer Klammer; dahinter gefunden: ${found}.`,
  late: ({ found }) => `Was keinen Namen hat, steht vor den Optionen; hinter einer gefunden: ${found}.`,

  sizes: ({ found }) =>
    `mlp nimmt mindestens zwei Zahlen, die Eingänge und die Einheiten jeder Schicht; gefunden: ${found === 0 ? 'keine' : 'eine'}.`,
  arguments: ({ word, most, found }) =>
    `${word} nimmt ${most === 0 ? 'nur Optionen' : `höchstens ${counted(most, 'Wert', 'Werte')} ohne Namen`}, gefunden: ${found}.`,
  files: ({ word, count, found }) =>
    `${word} nimmt ${count === 1 ? 'den Namen einer Datei' : 'die Namen zweier Dateien, Bilder und Beschriftungen'}, gefunden: ${found === 0 ? 'keiner' : found}.`,
  unknownOption: ({ word, found, options, suggestion }) =>
    `${word} hat keine Option ${found}.${suggestion === null ? ` Erwartet: ${listed(options)}.` : didYouMean(suggestion)}`,
  optionTwice: ({ found }) => `${found} steht zweimal da.`,
  argument: ({ word, found, range, suggestion }) =>
    `${word} nimmt ${rangeOf(range)}, gefunden: ${found}.${didYouMean(suggestion)}`,
  value: ({ name, found, range, suggestion }) =>
    `${name} ist ${found}, erwartet: ${rangeOf(range)}.${didYouMean(suggestion)}`,
  hiddenSoftmax: () =>
    'softmax nimmt alle Summen der letzten Schicht und ist nichts für verborgene Einheiten. Schreib output: softmax.',
  unused: ({ found, option, words }) =>
    `${found} ändert hier nichts: Es gehört zu ${option}: ${listed(words)}.`,

  inputs: ({ data, inputs, found }) =>
    `Ein Beispiel von ${data} hat ${counted(inputs, 'Eingang', 'Eingänge')}, das Netz nimmt aber ${found}. Als erste Zahl erwartet: ${inputs}.`,
  outputs: ({ data, classes, found }) =>
    classes === 0
      ? `${data} will 1 Zahl, das Netz gibt aber ${found}. Als letzte Zahl erwartet: 1.`
      : `${data} hat ${classes} Klassen, das Netz gibt aber ${counted(found, 'Ausgang', 'Ausgänge')}. Als letzte Zahl erwartet: ${classes === 2 ? '1 oder 2' : classes}.`,
  lossOutput: ({ loss, found, words }) =>
    `${loss} ist für einen Ausgang mit ${listed(words)} gemacht, gefunden: ${found}. Schreib output: ${words[0]} in die Zeile des Netzes.`,
  lossOne: () =>
    'crossEntropy vergleicht Klassen und braucht mindestens zwei Ausgänge, gefunden: 1. Für einen Ausgang schreib binaryCrossEntropyWithLogits.',
  lossClasses: ({ loss, data }) =>
    `${loss} ist für Klassen, bei ${data} sind aber Zahlen vorherzusagen. Erwartet: squared, meanSquared oder absolute.`,
  softmaxOne: () =>
    'softmax eines einzigen Ausgangs ist immer 1. Erwartet: mindestens zwei Ausgänge oder output: sigmoid.',

  exampleValue: ({ found }) =>
    `example ist ${found === '' ? 'leer' : found}, erwartet: eine ganze Zahl ab 0.`,
  exampleRange: ({ data, found, count }) =>
    `Es gibt kein Beispiel ${found}: ${data} hat ${count}, ${count === 1 ? 'Nummer 0' : `von 0 bis ${count - 1}`}.`,
  call: ({ name, inputs, found }) =>
    `${name} nimmt ${inputs === 1 ? 'eine Zahl' : `einen Vektor mit ${inputs} Zahlen oder ${inputs} einzelne`}; gefunden: ${found}.`,
  early: ({ name }) => `${name} wird über seiner Zeile verwendet. Schreib seine Zeile davor.`,
  vectorOf: ({ count }) => `ein Vektor mit ${counted(count, 'Zahl', 'Zahlen')}`,
  matrixOf: ({ rows, columns }) =>
    `eine Matrix mit ${counted(rows, 'Zeile', 'Zeilen')} und ${counted(columns, 'Spalte', 'Spalten')}`,
  numbersOf: ({ count }) => (count === 0 ? 'nichts' : counted(count, 'Zahl', 'Zahlen')),
  mixed: () => 'mehrere Werte, die nicht alle Zahlen sind',
  filesMissing: ({ files }) =>
    `Solange ${files.join(' und ')} ${files.length === 1 ? 'fehlt' : 'fehlen'}, ist das Beispiel lauter Nullen.`,
};
