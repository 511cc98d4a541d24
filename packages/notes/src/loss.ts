import { operationOf } from '@backflow/engine';
import type { Recording } from '@backflow/engine';
import type { World } from './world.ts';

/** Only a loss has conventions: it is called one, or it is a square, a logarithm or an absolute value of a difference. */
export function isLoss({ recording, output }: World): boolean {
  const name = recording.names.get(output) ?? '';
  if (/^(?:[LCEJ](?![a-z])|loss|cost|err|mse|bce|ce(?![a-z])|ℒ|\\?mathcal)/iu.test(name) && !/^e$/.test(name))
    return true;
  for (let node = 0; node <= output; node++) {
    if (operationOf(recording, node)?.name === 'sub' && isSquared(recording, node)) return true;
  }
  return false;
}

/** Whether a node is multiplied by itself or raised to a power. */
export function isSquared(recording: Recording, node: number): boolean {
  for (let user = node + 1; user < recording.count; user++) {
    const start = recording.inputStart[user];
    for (let edge = start; edge < recording.inputStart[user + 1]; edge++) {
      if (recording.inputs[edge] !== node) continue;
      const name = operationOf(recording, user)?.name;
      if (name === 'pow' || name === 'mul') return true;
    }
  }
  return false;
}
