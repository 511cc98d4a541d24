import type { graph as english } from './graph-en.ts';

/** The texts of the graph pane in German. */
export const graph: typeof english = {
  label: (output) => `Graph von ${output}`,
  value: 'Wert',
  partial: (reported, uses) => `${reported} von ${uses}`,
  leaf: 'gegebene Zahl',
  operation: (symbol) => `Operation ${symbol}`,
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
  hints: {
    leaf: 'An der Zahl ziehen, oder mit der Eingabetaste eine neue tippen.',
    sum: 'Ein Doppelklick öffnet oder schließt die Summe.',
  },
  enterValue: (name) => `Neuer Wert von ${name}`,
  notANumber: 'Erwartet wird eine Zahl, etwa 0,5 oder −2',
  withoutWebgl: 'Dieser Browser zeichnet ohne WebGL: hier ist der ganze Graph zum Blättern.',
  lostWebgl:
    'Die Grafikkarte ist beschäftigt: hier ist der ganze Graph zum Blättern. Die Ansicht kommt von selbst wieder.',
};
