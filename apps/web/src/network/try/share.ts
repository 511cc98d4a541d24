/** A share from 0 to 1 in per cent, never 0 or 100 where it is not quite. */
export function shareText(share: number): string {
  const percent = 100 * share;
  if (!Number.isFinite(percent)) return 'NaN';
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  if (percent < 100 && percent > 99.9) return '> 99.9 %';
  const near = percent < 10 || percent > 99;
  return `${percent.toFixed(near && percent % 1 !== 0 ? 1 : 0)} %`;
}
