import type { NotesMessages, Words } from './notes-en.ts';
import { notesPageDe } from './notes-page-de.ts';

function place(data: Words): string {
  const { more: others } = data;
  const more =
    others === undefined || others === '0'
      ? ''
      : others === '1'
        ? ' (und an einer weiteren Stelle)'
        : ` (und an ${others} weiteren Stellen)`;
  if (data.edge !== undefined) return `, an der Kante ${data.edge}${more}`;
  if (data.node !== undefined) return `, bei ${data.node}${more}`;
  return '';
}

/** Unter welcher anderen Konvention eine Zahl stimmt. */
const underConvention: Readonly<Record<string, string>> = {
  'with-half': 'für einen Verlust mit ½ davor',
  'without-half': 'für einen Verlust ohne ½',
  mean: 'für den Mittelwert statt der Summe',
  sum: 'für die Summe statt des Mittelwerts',
  'log-base-2': 'für den Logarithmus zur Basis 2',
  'log-base-10': 'für den Logarithmus zur Basis 10',
  kink: 'mit einer anderen Steigung am Knick',
};

function swapped(data: Words): string {
  return `${data.found} stand, wo ${data.due} hingehört${place(data)}.`;
}

function numbers(data: Words): string {
  if (data.stated === undefined || data.truth === undefined) return '';
  return ` Das gibt ${data.stated}; richtig ist ${data.truth}.`;
}

/** What is said about notes, in German. */
export const notesDe: NotesMessages = {
  page: notesPageDe,

  titles: {
    'missed-path': 'ein Weg fehlt',
    overwritten: '= statt +=',
    premature: 'zu früh weitergegeben',
    stale: 'alter Gradient noch da',
    'activation-for-derivative': 'σ statt σ′',
    'derivative-at-wrong-argument': 'σ′ an der falschen Stelle',
    'missing-activation-derivative': 'σ′ weggelassen',
    'inner-point': 'f′(x) statt f′(g(x))',
    'missing-factor': 'ein Faktor fehlt',
    'factor-two': 'Faktor 2 oder ½',
    'lost-sign': 'ein Vorzeichen fehlt',
    'operand-sign': 'Vorzeichen des zweiten Operanden',
    'opposite-convention': 'die andere Konvention',
    'missing-weight': 'ein Gewicht fehlt',
    'transposed-weight': 'ein anderes Gewicht',
    'updated-weight': 'Gewicht schon aktualisiert',
    'missing-input': 'die Eingabe fehlt',
    'own-activation': 'eigene Aktivierung benutzt',
    'swapped-operands': 'Faktoren vertauscht',
    'multiplied-contributions': 'multipliziert statt addiert',
    'averaged-contributions': 'gemittelt statt addiert',
    'missing-relu-mask': 'Maske von ReLU weggelassen',
    'mean-for-sum': 'Mittel statt Summe',
    'sum-for-mean': 'Summe statt Mittel',
    'shared-once': 'geteilt, einmal gezählt',
    'quotient-order': 'Reihenfolge in der Quotientenregel',
    'total-for-part': 'Gesamtwert statt Teil',
    'double-counted': 'doppelt gezählt',
    'value-for-derivative': 'Wert statt Ableitung',
    'wrong-branch': 'falscher Zweig',
    'wrong-point': 'falscher Punkt',
    'wrong-constant': 'falsche Konstante',
    'wrong-range': 'falscher Bereich',
    'wrong-count': 'falsche Anzahl',
    'wrong-shape': 'Formen passen nicht',
    'broken-chain': 'die Kette reißt',
    'bad-arithmetic': 'Rechenfehler',
    'rounded-too-early': 'zu früh gerundet',
    truncated: 'abgeschnitten statt gerundet',
    'digit-slip': 'eine Ziffer verrutscht',
    'transposed-digits': 'Zahlendreher',
    'exponent-slip': 'Zehnerpotenz',
    'copied-answer': 'aus einer anderen Zeile abgeschrieben',
    'wrong-name': 'anderer Name',
  },

  mistakes: {
    'missed-path': (data) => `Der Weg über ${data.via} fehlt.${numbers(data)}`,
    overwritten: (data) =>
      `= stand, wo += hingehört${place(data)}: der letzte Beitrag hat die anderen ersetzt.${numbers(data)}`,
    premature: (data) =>
      `Ein Beitrag wurde weitergegeben, bevor er vollständig war${place(data)}.${numbers(data)}`,
    stale: (data) =>
      `Der Gradient eines früheren Rückwärtslaufs war noch da und wurde mitgezählt.${numbers(data)}`,
    'activation-for-derivative': swapped,
    'derivative-at-wrong-argument': swapped,
    'missing-activation-derivative': (data) =>
      `Die Ableitung der Aktivierung wurde weggelassen: ${data.due} fehlt${place(data)}.${numbers(data)}`,
    'inner-point': (data) => `Die äußere Ableitung wurde an der inneren Variablen genommen: ${swapped(data)}`,
    'missing-factor': (data) => `Der Faktor ${data.due} fehlt${place(data)}.${numbers(data)}`,
    'factor-two': (data) =>
      `Ein Faktor ${data.factor ?? '2'} zu viel oder zu wenig${place(data)}.${numbers(data)}`,
    'lost-sign': (data) =>
      data.found === undefined
        ? `Ein Minuszeichen ging verloren${place(data)}.${numbers(data)}`
        : swapped(data),
    'operand-sign': (data) =>
      `Das Vorzeichen des zweiten Operanden ist umgedreht: ${data.found} stand, wo ${data.due} hingehört${place(data)}.`,
    'opposite-convention': (data) =>
      data.convention === undefined || !Object.hasOwn(underConvention, data.convention)
        ? `${data.stated} stimmt mit dem anderen Vorzeichen: die Konvention ist umgekehrt zu der von ${data.subject}.`
        : `${data.stated || 'Das'} stimmt ${underConvention[data.convention]}.`,
    'missing-weight': (data) => `Das Gewicht ${data.due} wurde weggelassen${place(data)}.${numbers(data)}`,
    'transposed-weight': (data) => `Ein anderes Gewicht wurde benutzt: ${swapped(data)}`,
    'updated-weight': (data) => `Das Gewicht wurde vor der Benutzung aktualisiert: ${swapped(data)}`,
    'missing-input': (data) => `Die Eingabe ${data.due} wurde weggelassen${place(data)}.${numbers(data)}`,
    'own-activation': (data) => `Statt der Eingabe wurde die eigene Aktivierung benutzt: ${swapped(data)}`,
    'swapped-operands': (data) =>
      `Die beiden Faktoren sind vertauscht: ${data.found} stand, wo ${data.due} hingehört${place(data)}.`,
    'multiplied-contributions': (data) =>
      `Beiträge mehrerer Wege wurden multipliziert; sie werden addiert${place(data)}.${numbers(data)}`,
    'averaged-contributions': (data) =>
      `Beiträge mehrerer Wege wurden gemittelt; sie werden addiert${place(data)}.${numbers(data)}`,
    'missing-relu-mask': (data) =>
      `Die Eingabe von ${data.node ?? 'ReLU'} ist negativ, also geht nichts durch: die Steigung ist dort ${data.due}, nicht ${data.found}.${numbers(data)}`,
    'mean-for-sum': (data) =>
      `Das Mittel stand, wo die Summe hingehört${data.count === undefined ? '' : `: durch ${data.count} geteilt`}.${numbers(data)}`,
    'sum-for-mean': (data) =>
      `Die Summe stand, wo das Mittel hingehört${data.count === undefined ? '' : `: die Division durch ${data.count} fehlt`}.${numbers(data)}`,
    'shared-once': (data) =>
      `${data.node ?? 'Das geteilte Blatt'} wird an ${data.right ?? 'mehreren'} Stellen benutzt und wurde an einer gezählt.${numbers(data)}`,
    'quotient-order': (data) =>
      `Die Reihenfolge in der Quotientenregel ist vertauscht${place(data)}: (u/v)′ = (u′v − uv′)/v².${numbers(data)}`,
    'total-for-part': (data) =>
      data.due === undefined
        ? `${data.stated} ist größer, als ${data.subject} sein kann; wurde ein Gesamtwert für einen Teil abgeschrieben?`
        : `Der Gesamtwert ${data.found} wurde abgeschrieben, wo der Teil ${data.due} hingehört.`,
    'double-counted': (data) => `Der Weg über ${data.via} wurde doppelt gezählt.${numbers(data)}`,
    'value-for-derivative': (data) =>
      `Ein Wert steht für eine Ableitung: ${data.found} stand, wo ${data.due} hingehört.`,
    'wrong-branch': (data) =>
      `Der andere Zweig wurde genommen${place(data)}: ${data.found}, wo ${data.due} hingehört.`,
    'wrong-point': (data) =>
      `${data.stated} gehört zu einem anderen Punkt, ${data.found}; hier gilt ${data.due}.${numbers(data)}`,
    'wrong-constant': (data) => `Eine falsche Zahl wurde abgeschrieben: ${swapped(data)}`,
    'wrong-range': (data) => {
      if (data.value !== undefined) return `${data.value} ist nicht ${data.found}.`;
      const of = data.subject === undefined ? '' : ` von ${data.subject}`;
      if (data.due === undefined) return `Das ist nicht der Wertebereich${of}.`;
      const other = data.function === undefined ? '' : `; das ist der Wertebereich von ${data.function}`;
      return `Der Wertebereich${of} ist ${data.due}, nicht ${data.found}${other}.`;
    },
    'wrong-count': (data) => `Gezählt wurden ${data.stated}; es sind ${data.truth}.`,
    'wrong-shape': (data) =>
      data.found === undefined
        ? 'Die Formen passen nicht zueinander.'
        : `Die Formen passen nicht: ${data.found}${data.due === undefined ? '' : ` und ${data.due}`}.`,
    'broken-chain': (data) =>
      data.due === undefined
        ? `Die Kette reißt: sie endet mit ${data.found}, nicht bei ${data.name}.`
        : `Die Kette reißt: auf ${data.found} folgt ${data.due}, das nicht dort anfängt, wo jenes endet.`,
    'bad-arithmetic': (data) => `Falsch ausgerechnet: ${data.truth}, nicht ${data.stated}.`,
    'rounded-too-early': (data) =>
      data.found === undefined
        ? `Zu früh gerundet: ungerundet gibt es ${data.truth}.`
        : `Zu früh gerundet: ${data.found} wurde für ${data.due} benutzt. Ungerundet gibt es ${data.truth}.`,
    truncated: (data) => `${data.stated} wurde abgeschnitten statt gerundet: ${data.truth}.`,
    'digit-slip': (data) => `Eine Ziffer ist verrutscht: ${data.stated} statt ${data.truth}.`,
    'transposed-digits': (data) => `Zwei Ziffern sind vertauscht: ${data.stated} statt ${data.truth}.`,
    'exponent-slip': (data) => `Die Zehnerpotenz ist verrutscht: ${data.stated} statt ${data.truth}.`,
    'copied-answer': (data) => `${data.stated} ist ${data.found}; ${data.subject} ist ${data.truth}.`,
    'wrong-name': (data) =>
      data.due === undefined
        ? `${data.stated} gehört zu ${data.found}.`
        : `${data.found} stand, wo ${data.due} gemeint ist.`,
  },

  remarks: {
    'local-partial': () => 'Das ist die lokale partielle Ableitung: nur die direkte Verwendung.',
    'total-derivative': () => 'Das ist die totale Ableitung über alle Wege.',
    'at-a-kink': (data) =>
      `${data.node ?? 'Die Funktion'} steht auf einem Knick; jede Steigung dazwischen ist erlaubt.`,
    condition: (): string => 'Es sagt, was für Namen gelten soll, von denen sonst nichts bekannt ist.',
    assumed: (): string => 'Gilt als Annahme der Seite: sonst steht nichts darüber.',
    'bound-in-limit': () => 'Die Schranke wird nur im Grenzfall erreicht: auch < gilt.',
    'only-here': () => 'Es gilt nur an diesem Punkt, nicht überall.',
    'not-searched': () => 'Es gibt so viel zu suchen, dass nach dem Fehler nicht gesucht wurde.',
    'not-sampled': () => 'Es wurde nur an diesem Punkt verglichen.',
    'no-rate': () => 'Die Lernrate steht nirgends.',
    'no-samples': () => 'Es gibt keinen Punkt, an dem man vergleichen könnte.',
    'other-reading': () => 'Es wurde so gelesen, wie es richtig ist.',
    'other-page': (data) =>
      data.truth === undefined
        ? 'Verglichen mit der anderen Seite.'
        : `Auf der anderen Seite steht ${data.truth}${data.line === undefined ? '' : ` in Zeile ${data.line}`}${data.position === undefined ? '' : `, an Stelle ${data.position}`}.`,
    'after-update': () => 'Das ist die Zahl nach dem Schritt.',
    'taken-as-given': () => 'Die Zahlen stehen nirgends sonst und wurden übernommen.',
    'no-number': (data) =>
      data.name === undefined
        ? 'Die Zahl ist hier nicht bekannt.'
        : `Die Zahl für ${data.name} ist nicht bekannt.`,
    'unknown-name': (data) =>
      `${data.name} ist nirgends definiert.${data.suggestion === undefined ? '' : ` Ist ${data.suggestion} gemeint?`}`,
    'not-on-a-path': (data) => `${data.of} hängt nicht von ${data.by} ab.`,
    'no-output': () => 'Es steht nicht da, was abgeleitet wird.',
    elided: () => 'Ein Teil ist weggelassen.',
    shapes: (data) => `Die Formen ${data.left} und ${data.right} passen nicht.`,
    unsupported: (data) => `${data.found} kann nicht geprüft werden.`,
    'unreadable-cut-off': (data) => `Die Formel ist abgeschnitten: ${data.found}`,
    'unreadable-unexpected': (data) => `Das ist nicht lesbar: ${data.found}`,
    'unreadable-too-deep': () => 'Die Formel ist zu tief verschachtelt.',
    'unreadable-too-long': () => 'Das ist zu lang zum Lesen.',
    'unreadable-empty': () => 'Auf einer Seite des Zeichens steht nichts.',
    'activation-by-name': (data) =>
      `${data.name ?? 'Die Aktivierung'} gilt dem Namen nach als Aktivierung von ${data.of ?? 'ihrer Summe'}.`,
    'network-declared': () => 'Das Netz ist das in den Notizen angegebene.',
    'network-too-large': () => 'Das Netz ist zu groß zum Aufbauen; nur die Anzahlen werden geprüft.',
    sketched: () => 'Der Graph ist aus den Ableitungen der Notizen gezeichnet; ihre Zahlen sind offen.',
    'sizes-chosen': (data) =>
      `Für ${data.name ?? 'die Größe'} wurde ${data.size ?? 'eine kleine Zahl'} genommen.`,
    'index-order': (data) => `Indizes führen ${data.order === 'to-from' ? 'nach ← von' : 'von → nach'}.`,
    'looks-alike': (data) => `Gelesen als ${data.name ?? data.found ?? 'ein ähnlicher Name'}.`,
    'symbolic-layer': (data) => `Gelesen als ${data.name ?? 'die gemeinte Schicht'}.`,
    'same-role': (data) => `Gelesen als ${data.name ?? 'der Knoten mit derselben Aufgabe'}.`,
    'loss-alias': (data) => `Gelesen als der Verlust${data.name === undefined ? '' : `, ${data.name}`}.`,
  },

  conventions: {
    half: '½ im Verlust',
    mean: 'Summe oder Mittelwert',
    'difference-order': 'Reihenfolge der Differenz',
    'negative-gradient': 'der negative Gradient',
    'index-order': 'Reihenfolge der Indizes',
    'log-base': 'Basis des Logarithmus',
    kink: 'Steigung am Knick',
    'with-half': 'mit ½',
    'without-half': 'ohne ½',
    sum: 'Summe',
    'from-to': 'Indizes von → nach',
    'to-from': 'Indizes nach ← von',
    'log-base-2': 'Logarithmus zur Basis 2',
    'log-base-10': 'Logarithmus zur Basis 10',
  },

  coverage: {
    given: (data) => `${data.given} von ${data.due} ${data.family}`,
    missing: (data) => `${data.names} fehlt`,
    twice: (data) => `${data.names} doppelt`,
    weights: 'Gewichten',
  },

  verdicts: {
    right: 'richtig',
    rounded: 'richtig bis aufs Runden',
    follows: 'folgt aus einem früheren Fehler',
    wrong: 'falsch',
    unknown: 'nicht beurteilt',
  },
};
