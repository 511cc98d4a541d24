const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Nothing is drawn: combining marks, format characters (joiners, direction marks), variation selectors. */
const invisible = /^[\p{Mark}\p{Format}\p{Default_Ignorable_Code_Point}]+$/u;

/** A picture by itself, or by a variation selector 16. */
const picture = /^\p{Emoji_Presentation}|\uFE0F/u;

/** Two cells wide in a terminal (East Asian Width W and F), as closed ranges of code points. */
const WIDE: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];

/** What a reader sees as one character, each with the number of terminal cells it takes. */
export function* cellsOf(text: string): Generator<{ readonly text: string; readonly width: number }> {
  // The segmenter is slow on long plain text, and most text is plain.
  if (/^[\x20-\x7e]*$/.test(text)) {
    for (const character of text) yield { text: character, width: 1 };
    return;
  }
  for (const { segment } of graphemes.segment(text)) yield { text: segment, width: graphemeWidth(segment) };
}

/** How many terminal cells a text takes. Control characters must be gone: see `plain`. */
export function widthOf(text: string): number {
  let width = 0;
  for (const cell of cellsOf(text)) width += cell.width;
  return width;
}

/** The text cut to at most `width` cells, with `…` as the last one where something was left out. */
export function clip(text: string, width: number): string {
  let used = 0;
  let kept = '';
  let fits = '';
  for (const cell of cellsOf(text)) {
    if (used + cell.width > width) return `${fits}…`;
    used += cell.width;
    kept += cell.text;
    if (used < width) fits = kept;
  }
  return kept;
}

/**
 * Text that a terminal draws and does not obey: control characters become their pictures (ESC is ␛),
 * and what turns the writing direction becomes �, because it would move a caret below the line.
 */
export function plain(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f]/g, (control) => String.fromCodePoint(0x2400 + control.charCodeAt(0)))
      .replace(/\u007f/g, '␡')
      .replace(/[\u0080-\u009f\u2028-\u202e\u2066-\u2069]/g, '�')
  );
}

function graphemeWidth(grapheme: string): number {
  if (invisible.test(grapheme)) return 0;
  if (picture.test(grapheme)) return 2;
  const code = grapheme.codePointAt(0)!;
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

/** The text in lines of at most `width` cells, broken at spaces; a longer word is a line of its own. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
