import type { LectureMessages } from './lecture-en.ts';

/** Was die Seite vor einer Klasse sagt, auf Deutsch. */
export const lectureDe: LectureMessages = {
  stop: (at, of) => `Halt ${at} von ${of}`,
  none: (of) => (of === 1 ? '1 Halt' : `${of} Halte`),
  control: 'Halte',
  next: 'Nächster Halt',
  previous: 'Voriger Halt',

  line: (line) => `Zeile ${line}`,
  problem: 'Halt',
  problems: {
    step: (found) =>
      `„${found}“ ist kein Schritt. Erwartet: start, forward, seed, end, visit u, y → u oder step 17, dann ein Doppelpunkt und ein Satz.`,
    colon: (found) =>
      `„${found}“ hat keinen Doppelpunkt. Erwartet: ein Schritt, ein Doppelpunkt und ein Satz, wie in  visit u: u ist fertig.`,
    view: (found) =>
      `„${found}“ ist nichts, das sich zeigen lässt. Erwartet: graph, nodes, memo, tree, written, table, growth, zwei Algorithmen wie path-sum | reverse oder der Name eines Knotens.`,
    unclosed: () =>
      'Dieser Block ist nicht geschlossen: alles darunter gilt als Halte. Erwartet: ``` auf einer eigenen Zeile.',
    node: (found) => `Einen Knoten ${found} gibt es in diesem Programm nicht.`,
    edge: (found) =>
      `Eine Kante ${found} gibt es in diesem Programm nicht. Erwartet: ein Knoten und etwas, aus dem er berechnet wird.`,
    never: (found) => `„${found}“ kommt in diesem Lauf nicht vor. Der Halt bleibt, wo die Seite steht.`,
  },

  qr: {
    title: 'QR-Code dieser Seite',
    picture: (address) => `QR-Code von ${address}`,
    hint: 'Er öffnet dieses Dokument bei diesem Schritt.',
    address: 'Adresse',
    copy: 'Link kopieren',
    copied: 'Der Link ist kopiert.',
    copyFailed: 'Der Browser hat das Kopieren nicht erlaubt. Der Link steht in der Adresszeile.',
    tooLong: (bytes, most) =>
      `Dieser Link hat ${bytes} Bytes; in einen QR-Code passen ${most}. Kopieren Sie stattdessen den Link, oder kürzen Sie das Dokument.`,
    noLink: 'Dieses Dokument ist zu lang für einen Link. Speichern Sie es stattdessen als Datei.',
    local: 'Diese Adresse kennt nur dieser Rechner: sonst kann sie niemand öffnen.',
    close: 'Schließen',
  },
};
