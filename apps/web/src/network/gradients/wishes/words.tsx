import type { NetworkMessages } from '@backflow/messages';
import { wishSize } from '@backflow/nn';
import type { JSX } from 'preact';

interface WordsProps {
  readonly wish: number;
  readonly largest: number;
  readonly words: NetworkMessages['gradients']['wishes'];
}

/** "should increase somewhat", with an arrow as large as the word says. */
export function WishWords({ wish, largest, words }: WordsProps): JSX.Element {
  const size = wishSize(wish, largest);
  if (Number.isNaN(wish)) return <span>{words.noNumber}</span>;
  if (size === 'none') return <span class="quiet">{words.stay}</span>;
  const up = wish > 0;
  return (
    <span class={`wish-words ${up ? 'positive' : 'negative'}`}>
      <span aria-hidden="true">{(up ? '▲' : '▼').repeat(ARROWS[size])}</span>{' '}
      {(up ? words.increase : words.decrease)[size]}
    </span>
  );
}

const ARROWS = { hardly: 0, little: 1, somewhat: 2, lot: 3 } as const;
