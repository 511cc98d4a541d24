import type { JSX } from 'preact';
import type { NetworkTabProps } from '../contract.ts';
import { change, gradientView, SHARES, type Share } from './view.ts';

/** Of which examples the mean is taken, where some are kept for validation. */
export function ShareChoice({ training, texts }: NetworkTabProps): JSX.Element | null {
  const split = training.split.value;
  if (split === null || split.train.length === 0 || split.validation.length === 0) return null;
  const words = texts.gradients.wishes;
  return (
    <label>
      {words.share}{' '}
      <select
        class="field"
        value={gradientView.value.share}
        onChange={(event) => change({ share: event.currentTarget.value as Share })}
      >
        {SHARES.map((share) => (
          <option key={share} value={share}>
            {words.shares[share]}
          </option>
        ))}
      </select>
    </label>
  );
}
