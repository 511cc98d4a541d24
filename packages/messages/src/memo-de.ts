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

const beside: MemoMessages['beside'] = {
  label: 'Zwei Algorithmen nebeneinander',
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
