import type { MemoMessages } from './memo-en.ts';

/** Was die Ansicht „Memoization“ über die Wege zu einer Ableitung sagt. */
const algorithms: MemoMessages['algorithms'] = {
  names: {
    'path-sum': 'Pfadsumme',
    memo: 'Rekursion mit Merktabelle',
    reverse: 'Rückwärts',
    numeric: 'Numerisch',
    forward: 'Vorwärtsmodus',
    overwrite: '= statt +=',
    'accumulate-early': 'Halb aufsummiert',
    preorder: 'Pre-Order',
    'breadth-first': 'Breitensuche',
    postorder: 'Post-Order',
  },
  lines: {
    'path-sum': 'Jeder Pfad von der Ausgabe zu einem Blatt, jedes Produkt von vorn; gespeichert wird nichts.',
    memo: 'Von oben: jedes Blatt fragt seine Verwender nach ihrem Gradienten; was einmal berechnet ist, wird nachgeschlagen.',
    reverse: 'Von unten: ein Knoten gibt weiter, wenn alle seine Verwendungen gemeldet haben. Ein Durchgang.',
    numeric: 'Verschiebt ein Blatt ein wenig und rechnet das ganze Programm neu: (f(x + h) − f(x))/h.',
    forward: 'Für jedes Blatt ein Durchgang von Tangenten, von den Blättern zur Ausgabe.',
    overwrite: 'Die Reihenfolge des Rückwärtsgangs, aber jeder Beitrag ersetzt den vorigen.',
    'accumulate-early':
      'Bei jedem Besuch gibt ein Knoten seinen bisherigen Gradienten weiter und geht in jeden Eingang.',
    preorder:
      'Tiefensuche mit Besuchtmarken: ein Knoten gibt beim ersten Besuch weiter, vollständig oder nicht.',
    'breadth-first':
      'Eine Warteschlange mit Besuchtmarken: ein Knoten gibt weiter, wenn er sie verlässt, vollständig oder nicht.',
    postorder: 'Besuchtmarken, und die Eingänge zuerst: sie geben weiter, bevor etwas bei ihnen ankam.',
  },
};

const ORDINALS = [
  'erste',
  'zweite',
  'dritte',
  'vierte',
  'fünfte',
  'sechste',
  'siebte',
  'achte',
  'neunte',
  'zehnte',
];

const beside: MemoMessages['beside'] = {
  label: 'Zwei Algorithmen nebeneinander',
  sides: ['Linker Algorithmus', 'Rechter Algorithmus'],
  more: 'Weitere …',
  groups: { right: 'Auf jedem Graphen richtig', wrong: 'Falsch, wo ein Knoten mehrfach verwendet wird' },
  kinds: { right: 'auf jedem Graphen richtig', wrong: 'falsch, wo ein Knoten mehrfach verwendet wird' },
  paths: (paths, one, output) =>
    one
      ? `Ein Pfad führt von einem Blatt zu ${output}.`
      : `${paths} Pfade führen von den Blättern zu ${output}.`,
  cost: (algorithm, count, one) => `${algorithm}: ${count} ${one ? 'Multiplikation' : 'Multiplikationen'}.`,
  shortCost: (algorithm, count) => `${algorithm}: ${count}.`,
  passes: (algorithm, count, one) => `${algorithm}: ${count} ${one ? 'Vorwärtslauf' : 'Vorwärtsläufe'}.`,
  counters: {
    visits: 'Besuche',
    multiplications: 'Multiplikationen',
    additions: 'Additionen',
    hits: 'Schon erledigt',
    forwardPasses: 'Vorwärtsläufe',
    slots: 'Speicherzellen',
  },
  hints: {
    visits: 'Wie oft an einem Knoten gearbeitet wurde',
    multiplications: 'Lokale Ableitung mal Gradient, einmal je Verwendung, die durchlaufen wird',
    additions: 'Beiträge, die zu schon Vorhandenem addiert wurden',
    hits: 'Wie oft ein Knoten angetroffen wurde, dessen Gradient in der Tabelle steht oder der als besucht markiert ist',
    forwardPasses: 'Läufe von den Blättern zur Ausgabe, über den hinaus, der die Werte berechnet hat',
    slots: 'Gradienten, Tabelleneinträge, Marken und Produkte, die zugleich behalten werden, ohne die Werte',
  },
  costOf: (algorithm) => `Was es kostet: ${algorithm}`,
  of: (now, total) => `${now} von ${total}`,
  scale: 'Alle Balken haben dieselbe logarithmische Skala.',
  counted: (count, what, limit) =>
    `Gezählt, nicht schrittweise: ${count} ${what === 'events' ? 'Ereignisse' : 'Multiplikationen'} sind mehr als ${limit} Schritte.`,
  through: (steps) => `Nach ${steps} Schritten fertig.`,
  isRight: 'richtig',
  isWrong: (due) => `falsch: ${due} wäre richtig`,
  allRight: (count) => `alle ${count} richtig`,
  someWrong: (wrong, count) => `${wrong} von ${count} falsch`,
  others: (count) => `und ${count} weitere`,
  results: (algorithm) => `Ableitungen: ${algorithm}`,
  notRun: 'Nicht ausgeführt: keine Ableitungen.',
  differs: {
    early: (name, found, due, reported) =>
      `${name} gab ${found} weiter, bevor die ${ORDINALS[reported] ?? `${reported + 1}.`} Verwendung gemeldet hatte; ${due} war fällig.`,
    again: (name, found, due) =>
      `${name} hatte seinen ganzen Gradienten ${due} schon weitergegeben und gab ${found} noch einmal weiter.`,
    overwritten: (name, found, due) =>
      `Bei ${name} ersetzte ${found}, was vorher angekommen war; zusammen ist das ${due}.`,
    approximate: (name, found, due) =>
      `Für ${name} gibt der Differenzenquotient ${found}; ${due} wäre richtig.`,
  },
  flag: (found, due) => `${found} statt ${due}`,
  large: 'Zu groß zum Zeichnen. Zähler und Schritte gehen weiter.',
  drawing: 'Der Graph wird angeordnet…',
};

const tree: MemoMessages['tree'] = {};
const written: MemoMessages['written'] = {};
const table: MemoMessages['table'] = {};
const growth: MemoMessages['growth'] = {};
const predict: MemoMessages['predict'] = {};

/** Die Texte der Ansicht „Memoization“. */
export const memoDe: MemoMessages = {
  tabs: {
    label: 'Memoization',
    names: {
      beside: 'Nebeneinander',
      tree: 'Baum und Graph',
      written: 'Ausgeschrieben',
      table: 'Merktabelle',
      growth: 'Wachstum',
    },
    none: 'Schreibe ein Programm oder öffne ein Beispiel: noch gibt es nichts zu berechnen.',
  },
  algorithms,
  beside,
  tree,
  written,
  table,
  growth,
  predict,
};
