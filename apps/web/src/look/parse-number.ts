/** A number as people type it: true minus, decimal comma, `9.5·10⁻⁴`, `1/2`; null for anything else. */
export function parseNumber(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[−–]/g, '-')
    .replace(/[·×*]\s*10\s*\^?([⁺⁻⁰¹²³⁴-⁹]+|[-+]?\d+)/u, (_whole, power: string) => `e${lowered(power)}`)
    .replace(/^([^.,]*),(\d+)(?=e|$)/, '$1.$2');
  const fraction = /^([-+]?\d+)\s*\/\s*(\d+)$/.exec(plain);
  if (fraction !== null) return finite(Number(fraction[1]) / Number(fraction[2]));
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return null;
  return finite(Number(plain));
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function lowered(power: string): string {
  return Array.from(power, (character) => {
    const digit = RAISED.indexOf(character);
    return digit >= 0 ? String(digit) : character === '⁻' ? '-' : character === '⁺' ? '+' : character;
  }).join('');
}
