import { GradientReplay } from '@backflow/nn';
import { formatCount, formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { NetworkTabProps } from '../../contract.ts';
import { inSlices } from '../slices.ts';
import { useAsked } from '../use-pass.ts';
import { bothWays, type BothWays } from './both-ways.ts';

/** Counts what one gradient of this network costs, both ways, when it is asked to. */
export function Here(props: NetworkTabProps): JSX.Element | null {
  const { network, training, texts } = props;
  const words = texts.gradients.descent.costs;
  const shown = useAsked(props);
  const [asked, setAsked] = useState(false);
  const [done, setDone] = useState<BothWays | number | null>(null);
  useEffect(() => {
    const { loss } = network;
    if (!asked || shown === null || loss === null) return;
    const parameters = training.parameters.peek();
    return inSlices(
      bothWays(new GradientReplay(network.network, loss), parameters, shown.example.x, shown.wanted),
      (result) => {
        setDone(result);
        setAsked(false);
      },
      setDone,
    );
  }, [asked]);
  if (shown === null) return null;
  const count = (number: number): string => formatCount(BigInt(number));
  return (
    <p>
      <button type="button" class="button outlined" disabled={asked} onClick={() => setAsked(true)}>
        {words.countHere}
      </button>{' '}
      <span role="status">
        {done === null
          ? ''
          : typeof done === 'number'
            ? words.counting(count(done))
            : words.here(
                count(done.evaluations.values),
                count(done.evaluations.slopes),
                formatNumber(done.difference, { digits: 2 }),
                formatNumber(done.largest, { digits: 2 }),
              )}
      </span>
    </p>
  );
}
