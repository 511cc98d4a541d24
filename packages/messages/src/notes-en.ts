import { notesPageEn } from './notes-page-en.ts';

/**
 * Words that a sentence about notes is made of, already printed: names, numbers, formulas. Which keys are there depends on
 * the sentence; one that is missing leaves its part of the sentence out.
 *
 * For a mistake: `subject` what the claim speaks about · `stated` what stands there · `truth` what is due · `gives` what the
 * mistake would give · `edge` ("z → a") or `node` where it happened · `more` how many equivalent places there are besides ·
 * `found` and `due` what stood at that place and what belongs there ("σ(z) = 0.6225", "σ′(z) = 0.2350") · `via` the names on
 * a path · `count` and `right` a number of things · `factor` · `name`.
 */
export type Words = Readonly<Record<string, string>>;

function place(data: Words): string {
  const { more: others } = data;
  const more =
    others === undefined || others === '0'
      ? ''
      : others === '1'
        ? ' (and in one more place)'
        : ` (and in ${others} more places)`;
  if (data.edge !== undefined) return `, on the edge ${data.edge}${more}`;
  if (data.node !== undefined) return `, at ${data.node}${more}`;
  return '';
}

/** Where another convention makes a number right, by the choice. */
const underConvention: Readonly<Record<string, string>> = {
  'with-half': 'for a loss with ½ before it',
  'without-half': 'for a loss without ½',
  mean: 'for the mean in place of the sum',
  sum: 'for the sum in place of the mean',
  'log-base-2': 'for the logarithm to base 2',
  'log-base-10': 'for the logarithm to base 10',
  kink: 'with another slope at the kink',
};

/** "found stood where due is due, on the edge …" */
function swapped(data: Words): string {
  return `${data.found} stood where ${data.due} is due${place(data)}.`;
}

function numbers(data: Words): string {
  if (data.stated === undefined || data.truth === undefined) return '';
  return ` That gives ${data.stated}; right is ${data.truth}.`;
}

/** What is said about notes, in English. Apart from `en`, so that a page that checks nothing does not load it. */
export const notesEn = {
  /** What the page says beside notes. */
  page: notesPageEn,

  /** Short titles of the mistakes, by id. */
  titles: {
    'missed-path': 'a path is missing',
    overwritten: '= where += is due',
    premature: 'passed on too early',
    stale: 'old gradient kept',
    'activation-for-derivative': 'σ for σ′',
    'derivative-at-wrong-argument': 'σ′ at the wrong argument',
    'missing-activation-derivative': 'σ′ left out',
    'inner-point': 'f′(x) for f′(g(x))',
    'missing-factor': 'a factor is missing',
    'factor-two': 'factor 2 or ½',
    'lost-sign': 'a sign is lost',
    'operand-sign': 'sign of the second operand',
    'opposite-convention': 'the other convention',
    'missing-weight': 'a weight is missing',
    'transposed-weight': 'another weight',
    'updated-weight': 'weight already updated',
    'missing-input': 'the input is missing',
    'own-activation': 'own activation used',
    'swapped-operands': 'factors swapped',
    'multiplied-contributions': 'multiplied, not added',
    'averaged-contributions': 'averaged, not added',
    'missing-relu-mask': 'mask of ReLU left out',
    'mean-for-sum': 'mean for sum',
    'sum-for-mean': 'sum for mean',
    'shared-once': 'shared, counted once',
    'quotient-order': 'order in the quotient rule',
    'total-for-part': 'total for a part',
    'double-counted': 'counted twice',
    'value-for-derivative': 'value for derivative',
    'wrong-branch': 'wrong branch',
    'wrong-point': 'wrong point',
    'wrong-constant': 'wrong constant',
    'wrong-range': 'wrong range',
    'wrong-count': 'wrong count',
    'wrong-shape': 'shapes do not fit',
    'broken-chain': 'the chain is broken',
    'bad-arithmetic': 'arithmetic',
    'rounded-too-early': 'rounded too early',
    truncated: 'cut off, not rounded',
    'digit-slip': 'a digit slipped',
    'transposed-digits': 'digits transposed',
    'exponent-slip': 'power of ten',
    'copied-answer': 'copied from another line',
    'wrong-name': 'another name',
  },

  /** One sentence (at most two) for each mistake, with both numbers or symbols and the place. */
  mistakes: {
    'missed-path': (data: Words): string => `The path via ${data.via} is missing.${numbers(data)}`,
    overwritten: (data: Words): string =>
      `= stood where += is due${place(data)}: the last contribution replaced the others.${numbers(data)}`,
    premature: (data: Words): string =>
      `A contribution was passed on before it was complete${place(data)}.${numbers(data)}`,
    stale: (data: Words): string =>
      `The gradient of an earlier backward pass was still there and was added to.${numbers(data)}`,
    'activation-for-derivative': swapped,
    'derivative-at-wrong-argument': swapped,
    'missing-activation-derivative': (data: Words): string =>
      `The derivative of the activation was left out: ${data.due} is missing${place(data)}.${numbers(data)}`,
    'inner-point': (data: Words): string =>
      `The outer derivative was taken at the inner variable: ${swapped(data)}`,
    'missing-factor': (data: Words): string =>
      `The factor ${data.due} is missing${place(data)}.${numbers(data)}`,
    'factor-two': (data: Words): string =>
      `A factor of ${data.factor ?? '2'} too much or too little${place(data)}.${numbers(data)}`,
    'lost-sign': (data: Words): string =>
      data.found === undefined ? `A minus sign was lost${place(data)}.${numbers(data)}` : swapped(data),
    'operand-sign': (data: Words): string =>
      `The sign of the second operand is turned: ${data.found} stood where ${data.due} is due${place(data)}.`,
    'opposite-convention': (data: Words): string =>
      data.convention === undefined || !Object.hasOwn(underConvention, data.convention)
        ? `${data.stated} is right with the other sign: the convention is the opposite of ${data.subject}'s.`
        : `${data.stated || 'This'} is right ${underConvention[data.convention]}.`,
    'missing-weight': (data: Words): string =>
      `The weight ${data.due} was left out${place(data)}.${numbers(data)}`,
    'transposed-weight': (data: Words): string => `Another weight was used: ${swapped(data)}`,
    'updated-weight': (data: Words): string => `The weight was updated before it was used: ${swapped(data)}`,
    'missing-input': (data: Words): string =>
      `The input ${data.due} was left out${place(data)}.${numbers(data)}`,
    'own-activation': (data: Words): string =>
      `The neuron's own activation was used for its input: ${swapped(data)}`,
    'swapped-operands': (data: Words): string =>
      `The two factors changed places: ${data.found} stood where ${data.due} is due${place(data)}.`,
    'multiplied-contributions': (data: Words): string =>
      `Contributions of several paths were multiplied; they are added${place(data)}.${numbers(data)}`,
    'averaged-contributions': (data: Words): string =>
      `Contributions of several paths were averaged; they are added${place(data)}.${numbers(data)}`,
    'missing-relu-mask': (data: Words): string =>
      `The input of ${data.node ?? 'the unit'} is negative, so nothing passes: the slope there is ${data.due}, not ${data.found}.${numbers(data)}`,
    'mean-for-sum': (data: Words): string =>
      `The mean was taken where the sum is due${data.count === undefined ? '' : `: divided by ${data.count}`}.${numbers(data)}`,
    'sum-for-mean': (data: Words): string =>
      `The sum was taken where the mean is due${data.count === undefined ? '' : `: division by ${data.count} is missing`}.${numbers(data)}`,
    'shared-once': (data: Words): string =>
      `${data.node ?? 'The shared leaf'} is used in ${data.right ?? 'several'} places and was counted in one.${numbers(data)}`,
    'quotient-order': (data: Words): string =>
      `The order in the quotient rule is turned${place(data)}: (u/v)′ = (u′v − uv′)/v².${numbers(data)}`,
    'total-for-part': (data: Words): string =>
      data.due === undefined
        ? `${data.stated} is larger than ${data.subject} can be; was a total copied for a part?`
        : `The total ${data.found} was copied where the part ${data.due} is due.`,
    'double-counted': (data: Words): string => `The path via ${data.via} was counted twice.${numbers(data)}`,
    'value-for-derivative': (data: Words): string =>
      `A value was written for a derivative: ${data.found} stood where ${data.due} is due.`,
    'wrong-branch': (data: Words): string =>
      `The other branch was taken${place(data)}: ${data.found} where ${data.due} is due.`,
    'wrong-point': (data: Words): string =>
      `${data.stated} belongs to another point, ${data.found}; here ${data.due}.${numbers(data)}`,
    'wrong-constant': (data: Words): string => `A wrong number was copied: ${swapped(data)}`,
    'wrong-range': (data: Words): string => {
      if (data.value !== undefined) return `${data.value} is not ${data.found}.`;
      const of = data.subject === undefined ? '' : ` of ${data.subject}`;
      if (data.due === undefined) return `That is not the range${of}.`;
      const other = data.function === undefined ? '' : `; that is the range of ${data.function}`;
      return `The range${of} is ${data.due}, not ${data.found}${other}.`;
    },
    'wrong-count': (data: Words): string => `Counted ${data.stated}; there are ${data.truth}.`,
    'wrong-shape': (data: Words): string =>
      data.found === undefined
        ? 'The shapes do not fit each other.'
        : `The shapes do not fit: ${data.found}${data.due === undefined ? '' : ` and ${data.due}`}.`,
    'broken-chain': (data: Words): string =>
      data.due === undefined
        ? `The chain is broken: it ends with ${data.found}, not at ${data.name}.`
        : `The chain is broken: ${data.found} is followed by ${data.due}, which does not start where it ends.`,
    'bad-arithmetic': (data: Words): string => `Worked out wrongly: ${data.truth}, not ${data.stated}.`,
    'rounded-too-early': (data: Words): string =>
      data.found === undefined
        ? `Rounded too early: unrounded it gives ${data.truth}.`
        : `Rounded too early: ${data.found} was used for ${data.due}. Unrounded it gives ${data.truth}.`,
    truncated: (data: Words): string => `${data.stated} was cut off, not rounded: ${data.truth}.`,
    'digit-slip': (data: Words): string => `A digit slipped: ${data.stated} for ${data.truth}.`,
    'transposed-digits': (data: Words): string =>
      `Two digits changed places: ${data.stated} for ${data.truth}.`,
    'exponent-slip': (data: Words): string => `The power of ten slipped: ${data.stated} for ${data.truth}.`,
    'copied-answer': (data: Words): string =>
      `${data.stated} is ${data.found}; ${data.subject} is ${data.truth}.`,
    'wrong-name': (data: Words): string =>
      data.due === undefined
        ? `${data.stated} belongs to ${data.found}.`
        : `${data.found} stood where ${data.due} is meant.`,
  },

  /** What is noted beside a verdict, by code. */
  remarks: {
    'local-partial': (): string => 'This is the local partial derivative: the direct use only.',
    'total-derivative': (): string => 'This is the total derivative, over all paths.',
    'at-a-kink': (data: Words): string =>
      `${data.node ?? 'The function'} stands on a kink; any slope in between may be chosen.`,
    condition: (): string => 'It says what is to hold of names of which nothing else is known.',
    assumed: (): string => 'Taken as what the page assumes: nothing else is said of it.',
    'bound-in-limit': (): string => 'The bound is only approached, never reached: < holds as well.',
    'only-here': (): string => 'It holds at this point only, not everywhere.',
    'not-searched': (): string => 'There is so much to search that the mistake was not searched for.',
    'not-sampled': (): string => 'It was compared at this point only.',
    'no-rate': (): string => 'The learning rate is given nowhere.',
    'no-samples': (): string => 'There is no point at which it could be compared.',
    'other-reading': (): string => 'It was read in the way in which it is right.',
    'other-page': (data: Words): string =>
      data.truth === undefined
        ? 'Compared with the other page.'
        : `The other page has ${data.truth}${data.line === undefined ? '' : ` in its line ${data.line}`}${data.position === undefined ? '' : `, in place ${data.position}`}.`,
    'after-update': (): string => 'That is its number after the update.',
    'taken-as-given': (): string => 'Its numbers are given nowhere else and were taken as they stand.',
    'no-number': (data: Words): string =>
      data.name === undefined ? 'Its number is not known here.' : `The number of ${data.name} is not known.`,
    'unknown-name': (data: Words): string =>
      `${data.name} is defined nowhere.${data.suggestion === undefined ? '' : ` Is ${data.suggestion} meant?`}`,
    'not-on-a-path': (data: Words): string => `${data.of} does not depend on ${data.by}.`,
    'no-output': (): string => 'It is not said what is differentiated.',
    elided: (): string => 'A part of it is left out.',
    shapes: (data: Words): string => `The shapes ${data.left} and ${data.right} do not fit.`,
    unsupported: (data: Words): string => `${data.found} cannot be checked.`,
    'unreadable-cut-off': (data: Words): string => `The formula is cut off: ${data.found}`,
    'unreadable-unexpected': (data: Words): string => `This cannot be read: ${data.found}`,
    'unreadable-too-deep': (): string => 'The formula is nested too deeply.',
    'unreadable-too-long': (): string => 'This is too long to be read.',
    'unreadable-empty': (): string => 'Nothing stands on one side of the sign.',
    'activation-by-name': (data: Words): string =>
      `${data.name ?? 'The activation'} is taken as the activation of ${data.of ?? 'its sum'}, by its name.`,
    'network-declared': (): string => 'The network is the one that the notes declare.',
    'network-too-large': (): string =>
      'The network is too large to be put together; only its counts are checked.',
    sketched: (): string => 'The graph is drawn from the derivatives in the notes; their numbers are open.',
    'sizes-chosen': (data: Words): string =>
      `${data.name ?? 'The size'} was taken as ${data.size ?? 'a small number'}.`,
    'index-order': (data: Words): string =>
      `Indices lead ${data.order === 'to-from' ? 'to ← from' : 'from → to'}.`,
    'looks-alike': (data: Words): string =>
      `Read as ${data.name ?? data.found ?? 'a name that looks alike'}.`,
    'symbolic-layer': (data: Words): string => `Read as ${data.name ?? 'the layer it stands for'}.`,
    'same-role': (data: Words): string => `Read as ${data.name ?? 'the node of the same role'}.`,
    'loss-alias': (data: Words): string =>
      `Read as the loss${data.name === undefined ? '' : `, ${data.name}`}.`,
  } as Readonly<Record<string, (data: Words) => string>>,

  /** Conventions the notes follow. */
  conventions: {
    half: '½ in the loss',
    mean: 'sum or mean',
    'difference-order': 'order of the difference',
    'negative-gradient': 'the negative gradient',
    'index-order': 'order of the indices',
    'log-base': 'base of the logarithm',
    kink: 'slope at a kink',
    'with-half': 'with ½',
    'without-half': 'without ½',
    sum: 'sum',
    'from-to': 'indices from → to',
    'to-from': 'indices to ← from',
    'log-base-2': 'logarithm to base 2',
    'log-base-10': 'logarithm to base 10',
  } as Readonly<Record<string, string>>,

  /** "19 of 20 weights". */
  coverage: {
    given: (data: Words): string => `${data.given} of ${data.due} ${data.family}`,
    missing: (data: Words): string => `${data.names} missing`,
    twice: (data: Words): string => `${data.names} twice`,
    weights: 'weights',
  },

  /** The five verdicts. */
  verdicts: {
    right: 'right',
    rounded: 'right but for rounding',
    follows: 'follows from an earlier slip',
    wrong: 'wrong',
    unknown: 'not judged',
  },
};

export type NotesMessages = typeof notesEn;
