import type { NotesPageMessages } from './notes-page-en.ts';

/** What the page says beside a reader's notes, in German. */
export const notesPageDe: NotesPageMessages = {
  label: 'Was deine Notizen sagen',
  checking: 'Die Notizen werden gelesen …',
  nothing: 'Noch keine Aussagen. Schreib eine, etwa  ∂L/∂w = 2(a − y)·x = 0,47',
  slow: (seconds) =>
    `Die Prüfung dauerte länger als ${seconds} Sekunden und wurde beendet; die Zeichen gehören zu einem früheren Text.`,
  noWorker: 'Dieser Browser lässt neben der Seite nichts laufen; Notizen werden hier nicht geprüft.',
  crashed: 'Die Prüfung brach ab; die Zeichen gehören zu einem früheren Text.',

  summary: ({ right, total, unknown }) =>
    `${right === total ? (total === 1 ? 'Richtig' : `Alle ${total} richtig`) : `${right} von ${total} richtig`}${
      unknown === 0 ? '' : `, ${unknown} nicht beurteilt`
    }`,
  firstSlip: 'erster Fehler in',
  line: (line) => `Zeile ${line}`,

  teacher: 'Alles zeigen',
  teacherHint: 'Für Lehrende: Grund und richtige Zahl, ohne zu fragen.',

  mark: (line, verdict, count) => `Zeile ${line}: ${verdict}${count > 1 ? `, ${count} Aussagen` : ''}`,

  close: 'Schließen',
  next: 'Nächstes Zeichen',
  lookAt: 'Sieh dir die hervorgehobene Stelle im Graphen an und was hier unterstrichen ist.',
  lookHere: 'Sieh dir an, was hier unterstrichen ist.',
  why: 'Warum?',
  rightNumber: 'Was ist richtig?',
  notJudged: 'Etwas hier ließ sich nicht lesen oder ist nirgends definiert.',
  noReason: 'Kein Fehler, den wir kennen, ergibt genau das.',
  or: 'Es kann auch das sein:',
  isRight: (truth) => `Richtig ist ${truth}.`,
  isRightFor: (stated, truth) => `Hier steht ${stated}; richtig ist ${truth}.`,
  followsFrom: 'Richtig weitergerechnet aus',
  followsFromSome: 'Richtig weitergerechnet aus einem früheren Fehler; berichtige erst den.',
  pointOnly: 'Das gilt für diese Zahlen, nicht allgemein.',
  everywhere: 'Gilt für alle Zahlen.',
  programHas: (number) => `Nach dem Programm ist es ${number}.`,
  byConvention: (name) => `Richtig nach der Konvention deiner Notizen: ${name}.`,
  showGraph: 'Im Graphen zeigen',

  repair: (found, read) => `${found} wurde als ${read} gelesen.`,
  repairs: 'Anders gelesen, als es dasteht',
  free: (names) =>
    `Benutzt und nirgends definiert: ${names}. Formeln damit wurden mit Zufallszahlen geprüft.`,

  conventions: {
    banner: (list) => `In deinen Notizen gilt: ${list}.`,
    judgeBy: 'Urteilen nach',
    byNotes: 'den Notizen',
    byProgram: 'dem Programm',
    title: 'Konventionen des Verlusts',
    intro: 'Was du wählst, wird als eigene Zeile in deine Notizen geschrieben.',
    notSaid: 'nicht gesagt',
    recognised: (choice) => `${choice} (nach deinen Zahlen)`,
    choices: {
      'with-half': 'mit ½',
      'without-half': 'ohne ½',
      sum: 'Summe',
      mean: 'Mittel',
      'output-target': 'Ausgabe − Ziel',
      'target-output': 'Ziel − Ausgabe',
      'negative-gradient': 'jedes Vorzeichen gedreht',
      'from-to': 'von → nach',
      'to-from': 'nach ← von',
      'log-base-e': 'e',
      'log-base-2': '2',
      'log-base-10': '10',
    },
  },
  chips: {
    'with-half': '½',
    'without-half': 'ohne ½',
    mean: 'Mittel',
    sum: 'Summe',
    'output-target': 'a − y',
    'target-output': 'y − a',
    'negative-gradient': '−∇',
    'from-to': 'w von→nach',
    'to-from': 'w nach←von',
    'log-base-e': 'ln',
    'log-base-2': 'log₂',
    'log-base-10': 'log₁₀',
  },
  questions: {
    half: '½?',
    mean: 'Summe/Mittel',
    'difference-order': 'Reihenfolge',
    'index-order': 'Indizes',
    'log-base': 'Basis',
  },

  offer: {
    looksLike: (sizes) => `Das sieht nach einem ${sizes}-Netz aus. Was fehlt noch?`,
    activation: 'Aktivierung',
    loss: 'Verlust',
    write: 'In die Notizen schreiben',
  },

  node: {
    title: 'Deine Notizen',
  },

  mine: {
    value: 'Mein Wert',
    gradient: 'Mein Gradient',
    columns: 'Meine Spalten',
    none: 'keine',
    both: 'Wert und Gradient',
    onlyValue: 'Wert',
    onlyGradient: 'Gradient',
    field: (column, name) => `${column} von ${name}`,
    score: (right, total) => `${right} von ${total} meiner Zahlen richtig`,
    notANumber: 'keine Zahl',
    sign: 'Vorzeichen meiner Zahl wechseln',
  },

  welcome: {
    label: 'Erste Schritte',
    playing: 'Sechs Zeilen von Hand, eine davon falsch. Jede Taste hält den Film an.',
    found: 'Sechs Zeilen von Hand, eine davon falsch: Sie ist markiert, und ihre Kante leuchtet.',
    check: 'Meine Notizen prüfen',
    step: 'Schritt für Schritt',
    memoize: 'Warum merken?',
    code: 'Im Code nutzen',
    close: 'Schließen',
    codeTitle: 'Dasselbe in TypeScript',
    codeIntro:
      'Der Rechenkern arbeitet für sich: mit Werten aufzeichnen, nach Gradienten fragen, jeden Schritt ansehen.',
    copy: 'Kopieren',
    copied: 'Kopiert',
  },
};
