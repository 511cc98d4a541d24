/** Lowered characters and what they lower. */
export const SUBSCRIPTS = paired(
  '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ',
  '0123456789+-=()aehijklmnoprstuvxβγρφχ',
);

/** Raised characters and what they raise. */
export const SUPERSCRIPTS = paired(
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ',
  '0123456789+-()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW',
);

/** `½` and its kin. */
export const FRACTIONS: ReadonlyMap<string, number> = new Map([
  ['½', 1 / 2],
  ['⅓', 1 / 3],
  ['⅔', 2 / 3],
  ['¼', 1 / 4],
  ['¾', 3 / 4],
  ['⅕', 1 / 5],
  ['⅖', 2 / 5],
  ['⅗', 3 / 5],
  ['⅘', 4 / 5],
  ['⅙', 1 / 6],
  ['⅚', 5 / 6],
  ['⅛', 1 / 8],
  ['⅜', 3 / 8],
  ['⅝', 5 / 8],
  ['⅞', 7 / 8],
]);

/** Letters that stand for another letter: signs from symbol blocks and the curled Greek variants. */
const SAME_LETTER: ReadonlyMap<string, string> = new Map([
  ['\u00b5', 'μ'],
  ['ϵ', 'ε'],
  ['ϕ', 'φ'],
  ['ϑ', 'θ'],
  ['ϖ', 'π'],
  ['ϱ', 'ρ'],
]);

const LETTER = /^\p{L}$/u;
const ACCENT = /^\p{M}$/u;

/** True for a letter that can begin a name: any script, but neither raised nor lowered. */
export function isLetter(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
  return LETTER.test(character) && !SUBSCRIPTS.has(character) && !SUPERSCRIPTS.has(character);
}

/** True for an accent that belongs to the letter before it (x̂). */
export function isAccent(character: string): boolean {
  return character.charCodeAt(0) > 127 && ACCENT.test(character);
}

export function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9' && character.length === 1;
}

/** The letters of a name in their one form: composed accents, plain letters for 𝑥 and ϵ. */
export function plainLetters(letters: string): string {
  if (isAscii(letters)) return letters;
  let out = '';
  for (const letter of uprightLetters(letters).normalize('NFC')) out += SAME_LETTER.get(letter) ?? letter;
  return out;
}

/** Plain letters for mathematical alphanumeric symbols (𝑥, 𝐖), which a copy from a typeset page gives. */
export function uprightLetters(text: string): string {
  return isAscii(text) ? text : text.replace(/[\u{1d400}-\u{1d7ff}]/gu, (letter) => letter.normalize('NFKC'));
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function paired(characters: string, meanings: string): ReadonlyMap<string, string> {
  const plain = Array.from(meanings);
  return new Map(Array.from(characters, (character, i) => [character, plain[i]]));
}
