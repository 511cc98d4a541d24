/** How far a leaf's number goes in one small step: a hundredth of its size, rounded to a power of ten. */
export function stepOf(value: number): number {
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(size)) return 0.01;
  return 10 ** Math.min(6, Math.max(-12, Math.floor(Math.log10(size) + 1e-9) - 1));
}

/** The value after so many steps, without the noise of binary fractions: 0.1 + 2 · 0.1 is 0.3. */
export function stepped(value: number, steps: number, step: number): number {
  const next = value + steps * step;
  // Results keep the digits of both the start and the step.
  const digits = Math.min(15, Math.max(1, Math.ceil(Math.log10(Math.max(Math.abs(next), step) / step)) + 6));
  return Number(next.toPrecision(digits)) + 0;
}

/** A number as people type it: `0.5`, `0,5`, `−2`, `1e-3`, `1/2`; null for anything else. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replace(/[−–]/g, '-').replace(/\s+/g, '');
  const fraction = /^([+-]?[\d.,]+)\/([\d.,]+)$/.exec(plain);
  if (fraction !== null) {
    const above = parseNumber(fraction[1]);
    const below = parseNumber(fraction[2]);
    return above === null || below === null || below === 0 ? null : above / below;
  }
  // A single comma is a decimal comma; several separate thousands.
  const commas = plain.split(',').length - 1;
  const normal = commas === 1 && !plain.includes('.') ? plain.replace(',', '.') : plain.replaceAll(',', '');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(normal)) return null;
  const value = Number(normal);
  return Number.isFinite(value) ? value : null;
}
