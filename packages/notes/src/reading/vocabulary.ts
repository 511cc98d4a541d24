import { CONSTANTS, FUNCTIONS } from '@backflow/language';

/** Words that end a formula wherever they stand, unless the program has a node of that name. */
const STOPS = new Set(
  (
    'a an and or but so hence thus then therefore where with at for when if is are was were be been as of in on to by from ' +
    'the this that these those which because since gives give yields get gets we you it its our your has have had not no ' +
    'into than let since while until once now here there means both each every all some any only just also i.e e.g ' +
    'otherwise else equals equal becomes become holds per via using use near about approximately only mal und oder also ' +
    'daher deshalb somit damit folglich dann wo mit bei für wenn falls ist sind war wird werden als von vom im in an auf ' +
    'zu zum zur der die das den dem des ein eine einen einem einer nicht kein keine da weil denn ergibt gibt folgt ' +
    'daraus hier sonst alle gilt sei wobei nur noch aus donc alors et ou est sont avec pour si le la les un une des ' +
    'por lo tanto entonces luego el los las y con para es son quindi allora dunque e il lo per dove portanto logo ' +
    'see cf eq thanks there their they he she would should could can will may must what how why who whose until'
  ).split(' '),
);
/** One letter is a name before it is an article. */
for (const letter of ['a', 'e', 'y', 'o', 'i']) STOPS.delete(letter);

/** Words before a condition: `dL/dx = 12 at x = 2`. */
export const CONDITION_WORDS = new Set([
  'at',
  'when',
  'for',
  'if',
  'bei',
  'für',
  'wenn',
  'falls',
  'pour',
  'si',
  'whenever',
]);

const GREEK = new Set(
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau phi chi psi omega pi'.split(
    ' ',
  ),
);
/** Words for quantities, which notes use as names of what they compute. */
const QUANTITIES = new Set(
  'slope derivative gradient value loss error cost total average mean sum output input weight bias net out err target'.split(
    ' ',
  ),
);
const SHORT_LATEX = new Set(['dx', 'dy', 'dz', 'dw', 'db', 'da', 'dt']);

export type WordKind = 'name' | 'function' | 'stop' | 'word';

/**
 * What a run of letters is likely to be. `word`: it may be prose or the name of a quantity, its neighbours decide. Anything with
 * an index, a digit or a prime is a name.
 */
export function kindOfWord(text: string, names: ReadonlySet<string>): WordKind {
  if (names.has(text)) return 'name';
  if (FUNCTIONS.has(text) || (FUNCTIONS.has(text.toLowerCase()) && text.length > 2)) return 'function';
  if (/^[иівкя]$/u.test(text)) return 'stop';
  // wᵀ
  if (/[ᴬ-ᵪʰ-ʸₐ-ₜ]/u.test(text)) return 'name';
  if (!/^\p{L}[\p{L}\p{M}]+$/u.test(text)) {
    return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/u.test(text)
      ? 'word'
      : 'name';
  }
  if (CONSTANTS.has(text) || GREEK.has(text.toLowerCase()) || SHORT_LATEX.has(text)) return 'name';
  if (STOPS.has(text.toLowerCase())) return 'stop';
  if (/^d[A-Z]$/.test(text)) return 'name';
  return 'word';
}

/** True for words like `slope`, which may stand on their own as the subject of a sentence. */
export function isQuantity(text: string): boolean {
  return QUANTITIES.has(text.toLowerCase());
}
