import type { trace as english } from './trace-en.ts';

/** What the steps of a run say, in German. */
export const trace: typeof english = {
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
    convention:
      'In den Produkten ist die Ableitung eines Knotens nach seiner Eingabe die entlang dieser einen Kante.',
    leaves: 'Gradienten der Blätter',
    update: ({ rate }) => `Aktualisierung mit η = ${rate}`,
    omitted: ({ count }) => `… und ${count} weitere.`,
    noPath: ({ output }) => `${output} hängt von diesen Blättern nicht ab`,
    otherwise: 'sonst',
  },
};

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} und ${items.at(-1) ?? ''}`;
}
