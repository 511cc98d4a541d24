import type { MemoMessages } from '@backflow/messages';
import { formatCount } from '@backflow/print';
import { ALGORITHMS, costOf, DOUBLING, networkShape, type LiveGraph } from '@backflow/trace';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useSurface } from '../../app-context.ts';
import { DIGITS } from '../growth/digits.ts';

/** Stages of the example that is opened. */
const STAGES = 10;
/** A program that saves more than this many times needs no larger one to show what is saved. */
const LITTLE = 10n;

interface LargerProps {
  readonly graph: LiveGraph;
  readonly texts: MemoMessages;
}

/** For a program that saves little: what larger ones save, one press away. */
export function Larger({ graph, texts }: LargerProps): JSX.Element | null {
  const { app, hands } = useSurface();
  const words = texts.beside;
  const little = useMemo(() => {
    const [every, once] = (['path-sum', 'reverse'] as const).map(
      (name) => ALGORITHMS[name].count(graph).multiplications,
    );
    return every < LITTLE * once || once === 0n;
  }, [graph]);
  if (!little) return null;
  const doubling = DOUBLING.shape(STAGES);
  const network = networkShape(DIGITS);
  const openDoubling = (): void => {
    app.update({ memo: { ...app.session.peek().memo, left: 'path-sum', right: 'reverse' } });
    hands.openExample('doubling');
  };
  const openGrowth = (): void => app.update({ memo: { ...app.session.peek().memo, tab: 'growth' } });
  const every = (shape: typeof doubling): string => formatCount(costOf(shape, 'path-sum').multiplications);
  const once = (shape: typeof doubling): string => formatCount(costOf(shape, 'reverse').multiplications);
  return (
    <p class="memo-larger">
      <span>{words.larger}</span>
      <button type="button" class="button outlined" onClick={openDoubling}>
        {words.doublings(formatCount(STAGES), every(doubling), once(doubling))}
      </button>
      <button type="button" class="button outlined" onClick={openGrowth}>
        {words.digits(every(network), once(network))}
      </button>
    </p>
  );
}
