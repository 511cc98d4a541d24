/** Unicode's raised characters, as far as they exist. */
const RAISED = pairs(
  '0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ',
);

/** Unicode's lowered characters: the digits and about half of the small letters. */
const LOWERED = pairs('0123456789+-−=()aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ');

function pairs(plain: string, moved: string): ReadonlyMap<string, string> {
  const to = Array.from(moved);
  return new Map(Array.from(plain).map((character, index) => [character, to[index]]));
}

/** `(2)` as `⁽²⁾`; null where a character has no raised form. */
export function raised(text: string): string | null {
  return moved(text, RAISED);
}

/** `11` as `₁₁`, `3,12` as `₃,₁₂`; null where a character has no lowered form. */
export function lowered(text: string): string | null {
  // Unicode has no lowered comma. One between two lowered characters stands low enough.
  const parts = text.split(',').map((part) => moved(part, LOWERED));
  return parts.every((part) => part !== null && (part !== '' || parts.length === 1)) ? parts.join(',') : null;
}

function moved(text: string, glyphs: ReadonlyMap<string, string>): string | null {
  let out = '';
  for (const character of text) {
    const glyph = glyphs.get(character);
    if (glyph === undefined) return null;
    out += glyph;
  }
  return out;
}

/** The plain character of a raised or lowered one; null for any other character. */
export function unmoved(glyph: string): string | null {
  return PLAIN.get(glyph) ?? null;
}

const PLAIN: ReadonlyMap<string, string> = new Map(
  [...RAISED, ...LOWERED].map(([plain, glyph]) => [glyph, plain] as const),
);

/** All raised and all lowered characters, for character classes. */
export const MOVED = { raised: [...RAISED.values()].join(''), lowered: [...LOWERED.values()].join('') };
