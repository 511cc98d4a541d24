/** What the page says beside a reader's notes, in English. */
export const notesPageEn = {
  label: 'What your notes say',
  checking: 'Reading your notes…',
  nothing: 'No claims yet. Write one, as in  ∂L/∂w = 2(a − y)·x = 0.47',
  slow: (seconds: number) =>
    `Checking took longer than ${seconds} seconds and was stopped; the marks are those of an earlier text.`,
  noWorker: 'This browser lets nothing run beside the page, so notes are not checked here.',
  crashed: 'The check broke off; the marks are those of an earlier text.',

  /** "11 of 13 right; first slip in line 7: σ was used where σ′ is due" */
  summary: ({ right, total, unknown }: { right: number; total: number; unknown: number }): string =>
    `${right === total ? (total === 1 ? 'Right' : `All ${total} right`) : `${right} of ${total} right`}${
      unknown === 0 ? '' : `, ${unknown} not judged`
    }`,
  firstSlip: 'first slip in',
  line: (line: number) => `line ${line}`,

  teacher: 'Show everything',
  teacherHint: 'For teachers: why and what is right, without asking.',

  /** The name of a mark: "line 7, wrong" */
  mark: (line: number, verdict: string, count: number) =>
    `Line ${line}: ${verdict}${count > 1 ? `, ${count} claims` : ''}`,

  close: 'Close',
  next: 'Next mark',
  lookAt: 'Look at the lit place in the graph, and at what is underlined here.',
  lookHere: 'Look at what is underlined here.',
  why: 'Why?',
  rightNumber: 'What is right?',
  notJudged: 'Something here could not be read, or is defined nowhere.',
  noReason: 'No slip that we know gives exactly this.',
  or: 'It could also be this:',
  isRight: (truth: string) => `Right is ${truth}.`,
  isRightFor: (stated: string, truth: string) => `${stated} stands here; right is ${truth}.`,
  followsFrom: 'Worked out rightly from',
  followsFromSome: 'Worked out rightly from an earlier slip; correct that first.',
  pointOnly: 'This holds for these numbers, not in general.',
  everywhere: 'Holds for any numbers.',
  programHas: (number: string) => `By the program it is ${number}.`,
  byConvention: (name: string) => `Right by the convention of your notes: ${name}.`,
  showGraph: 'Show in the graph',

  repair: (found: string, read: string) => `${found} was read as ${read}.`,
  repairs: 'Read otherwise than it stands',
  free: (names: string) =>
    `Used and never defined: ${names}. Formulas with them were tried with random numbers.`,

  conventions: {
    banner: (list: string) => `Your notes follow: ${list}.`,
    judgeBy: 'Judge by',
    byNotes: 'the notes',
    byProgram: 'the program',
    title: 'Conventions of the loss',
    intro: 'What you choose is written into your notes, as a line of its own.',
    notSaid: 'not said',
    recognised: (choice: string) => `${choice} (as your numbers have it)`,
    choices: {
      'with-half': 'with ½',
      'without-half': 'without ½',
      sum: 'sum',
      mean: 'mean',
      'output-target': 'output − target',
      'target-output': 'target − output',
      'negative-gradient': 'every sign turned',
      'from-to': 'from → to',
      'to-from': 'to ← from',
      'log-base-e': 'e',
      'log-base-2': '2',
      'log-base-10': '10',
    },
  },
  /** Which way a convention goes, beside the card of the loss. */
  chips: {
    'with-half': '½',
    'without-half': 'no ½',
    mean: 'mean',
    sum: 'sum',
    'output-target': 'a − y',
    'target-output': 'y − a',
    'negative-gradient': '−∇',
    'from-to': 'w from→to',
    'to-from': 'w to←from',
    'log-base-e': 'ln',
    'log-base-2': 'log₂',
    'log-base-10': 'log₁₀',
  },
  /** Where nothing is said about it. */
  questions: {
    half: '½?',
    mean: 'sum/mean',
    'difference-order': 'order',
    'index-order': 'index order',
    'log-base': 'log base',
  },

  offer: {
    looksLike: (sizes: string) => `This looks like a ${sizes} network. What is missing?`,
    activation: 'Activation',
    loss: 'Loss',
    write: 'Write it into the notes',
  },

  node: {
    title: 'Your notes',
  },

  mine: {
    value: 'My value',
    gradient: 'My gradient',
    columns: 'My columns',
    none: 'none',
    both: 'value and gradient',
    onlyValue: 'value',
    onlyGradient: 'gradient',
    field: (column: string, name: string) => `${column} of ${name}`,
    score: (right: number, total: number) => `${right} of ${total} of mine right`,
    notANumber: 'no number',
    sign: 'Change the sign of my number',
  },

  welcome: {
    label: 'First steps',
    playing: 'Six lines by hand, one of them wrong. Any key stops the film.',
    found: 'Six lines by hand, one of them wrong: it is marked, and its edge is lit.',
    check: 'Check my notes',
    step: 'Step through',
    memoize: 'Why memoize?',
    code: 'Use in code',
    close: 'Close',
    codeTitle: 'The same in TypeScript',
    codeIntro: 'The engine works alone: record with values, ask for gradients, look at every step.',
    copy: 'Copy',
    copied: 'Copied',
  },
};

export type NotesPageMessages = typeof notesPageEn;
