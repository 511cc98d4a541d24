/*
 * Natural logarithm, sine and cosine from + − × ÷ alone, which IEEE 754 rounds in one way: the same bits on every machine,
 * where those of `Math` may differ in the last digits.
 */

/** ln 2 in two parts, the first with 20 free bits at its end, so that a whole number times it is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** 2⁵¹², 2²⁵⁶, … 2. */
const SCALES = [512, 256, 128, 64, 32, 16, 8, 4, 2, 1].map((power) => {
  let scale = 1;
  for (let i = 0; i < power; i++) scale *= 2;
  return { power, scale };
});

/** The natural logarithm, to within 1 unit in the last place: −∞ at 0, NaN below. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  // x = 2ᵉ (1 + f) with 1 + f from √½ to √2; scaling by powers of two is exact.
  let e = 0;
  let m = x;
  for (const { power, scale } of SCALES) {
    while (m >= scale) {
      m /= scale;
      e += power;
    }
    while (m < 1 / scale) {
      m *= scale;
      e -= power;
    }
  }
  if (m > Math.SQRT2) {
    m /= 2;
    e++;
  } else if (m < Math.SQRT1_2) {
    m *= 2;
    e--;
  }
  // ln(1 + f) = 2 artanh s with s = f / (2 + f), and 2s = f − f²/2 + s f²/2.
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  let series = 0;
  for (let odd = 25; odd >= 3; odd -= 2) series = z * (series + 2 / odd);
  const half = (f * f) / 2;
  return e * LN2_HIGH - (half - (s * (half + series) + e * LN2_LOW) - f);
}

/** π/2 in three parts; the first two have 20 free bits and more at their ends. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;

/** The sine of an angle in radians. Made for angles up to a million, where it is right to 2 units in the last place. */
export function sin(x: number): number {
  return turned(x, 0);
}

/** The cosine of an angle in radians; as for `sin`. */
export function cos(x: number): number {
  return turned(x, 1);
}

/** sin(x + quarters · π/2). */
function turned(x: number, quarters: number): number {
  if (!Number.isFinite(x)) return NaN;
  const n = Math.floor(x / (Math.PI / 2) + 0.5);
  // x − n π/2 = a + tail.
  let rest = x - n * HALF_PI_1;
  const taken = n * HALF_PI_2;
  const a1 = rest - taken;
  let lost = rest - a1 - taken;
  rest = a1;
  const last = n * HALF_PI_3 - lost;
  const a = rest - last;
  lost = rest - a - last;
  const quadrant = (((n + quarters) % 4) + 4) % 4;
  const y = quadrant % 2 === 0 ? sineNear(a, lost) : cosineNear(a, lost);
  return quadrant < 2 ? y : -y;
}

/** sin(a + tail) for |a| ≤ π/4, by its series. */
function sineNear(a: number, tail: number): number {
  const z = a * a;
  let series = 0;
  for (let k = 18; k >= 2; k -= 2) series = (-z / (k * (k + 1))) * (1 + series);
  return a + (a * series + tail * (1 - z / 2));
}

/** cos(a + tail) for |a| ≤ π/4, by its series. */
function cosineNear(a: number, tail: number): number {
  const z = a * a;
  let series = 0;
  for (let k = 19; k >= 3; k -= 2) series = (-z / (k * (k + 1))) * (1 + series);
  // 1 − z/2 is rounded; what that loses is added again.
  const half = z / 2;
  const most = 1 - half;
  return most + (1 - most - half - half * series - a * tail);
}
