import { partsOf } from './name-parts.ts';

const LOSSES: ReadonlySet<string> = new Set(
  'C L J E ℓ Loss loss Cost cost Error error err Err SSE MSE BCE CE mse sse bce Etotal Etot E_total E_tot L_total C_0 c_0 J_total obj objective total_loss'.split(
    ' ',
  ),
);

/** True for names that people give to a loss: L, C_0, E_total. */
export function isLossName(key: string): boolean {
  if (LOSSES.has(key)) return true;
  const { base, below, elements } = partsOf(key);
  return (
    LOSSES.has(base) &&
    elements.length === 0 &&
    below.every((mark) => /^(?:0|tot|total|all|mse|bce|ce)$/i.test(mark))
  );
}
