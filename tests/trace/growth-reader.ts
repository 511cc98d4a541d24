/**
 * Reads a printed growth formula back and computes it exactly: numbers, letters, `F_{…}`, `+ − · /`, `^{…}`,
 * brackets, and letters and brackets that follow a number or one another without a sign. Division must come out even.
 */
export function readFormula(text: string, letters: ReadonlyMap<string, bigint>): bigint {
  const tokens = text.match(/\d+|[A-Za-z]|[+−·/()^_{}]/g) ?? [];
  if (tokens.join('') !== text.replaceAll(' ', '')) throw new Error(`Cannot read ${text}`);
  let at = 0;
  const take = (token: string): boolean => tokens[at] === token && ++at > 0;
  const need = (token: string): void => {
    if (!take(token)) throw new Error(`Expected ${token} at ${at} in ${text}, found ${tokens[at]}`);
  };
  const sum = (): bigint => {
    let total = product();
    for (;;) {
      if (take('+')) total += product();
      else if (take('−')) total -= product();
      else return total;
    }
  };
  const product = (): bigint => {
    let total = power();
    for (;;) {
      if (take('·')) total *= power();
      else if (take('/')) {
        const divisor = power();
        if (total % divisor !== 0n) throw new Error(`${total}/${divisor} leaves a rest in ${text}`);
        total /= divisor;
      } else if (at < tokens.length && /[A-Za-z(]/.test(tokens[at])) total *= power();
      else return total;
    }
  };
  const braced = (): bigint => {
    need('{');
    const inner = sum();
    need('}');
    return inner;
  };
  const power = (): bigint => {
    const base = atom();
    return take('^') ? base ** braced() : base;
  };
  const atom = (): bigint => {
    const token = tokens[at++];
    if (token === '(') {
      const inner = sum();
      need(')');
      return inner;
    }
    if (token === 'F' && take('_')) return fibonacci(braced());
    if (/^\d+$/.test(token)) return BigInt(token);
    const value = letters.get(token);
    if (value === undefined) throw new Error(`Unknown letter ${token} in ${text}`);
    return value;
  };
  const total = sum();
  if (at < tokens.length) throw new Error(`Left over in ${text}: ${tokens.slice(at).join('')}`);
  return total;
}

function fibonacci(n: bigint): bigint {
  let [a, b] = [0n, 1n];
  for (let at = 0n; at < n; at++) [a, b] = [b, a + b];
  return a;
}
