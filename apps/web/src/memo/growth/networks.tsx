import type { MemoMessages } from '@backflow/messages';
import { formatCount, formatNumber } from '@backflow/print';
import { ALGORITHMS, costOf, liveGraphOf, networkShape, recordNetwork, type Network } from '@backflow/trace';
import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { DIGITS } from './digits.ts';
import { whenIdle, type Pieces } from './idle.ts';

/** A teaching example, a small one, and one that is in use. */
const NETWORKS: readonly Network[] = [
  { widths: [2, 3, 1], square: 'pow' },
  { widths: [3, 3, 2], square: 'pow' },
  DIGITS,
  { ...DIGITS, square: 'mul' },
];
/** A network of more nodes is not built. */
const MOST_NODES = 200_000n;
/** Counted without being asked. */
const FEW_NODES = 60_000n;
const WIDEST = 100_000;
const DEEPEST = 12;

/** What memoization saves where it is used, in one sentence. */
export function Digits({ texts }: { texts: MemoMessages }): JSX.Element {
  const { treeEdges, edges } = networkShape(DIGITS);
  return (
    <p class="growth-first">
      {texts.growth.networks.digits(nameOf(DIGITS), formatCount(treeEdges), formatCount(edges))}
    </p>
  );
}

/** Networks as they are drawn in books: what one backward pass multiplies with and without stored gradients. */
export function Networks({ texts }: { texts: MemoMessages }): JSX.Element {
  const words = texts.growth.networks;
  const id = useId();
  const [typed, setTyped] = useState('');
  const own = parsed(typed);
  return (
    <section class="growth-networks">
      <h2>{words.title}</h2>
      <p class="quiet small">{words.about}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.network}</th>
            <th scope="col" class="numeric">
              {words.everyPath}
            </th>
            <th scope="col" class="numeric">
              {words.storedOnce}
            </th>
            <th scope="col" class="numeric">
              {words.saved}
            </th>
            <th scope="col">{words.check}</th>
          </tr>
        </thead>
        <tbody>
          {[...NETWORKS, ...(own === null ? [] : [own])].map((network, index) => (
            <Row key={index < NETWORKS.length ? index : nameOf(network)} network={network} texts={texts} />
          ))}
        </tbody>
      </table>
      <p class="small">{words.small}</p>
      <p>
        <label>
          {words.own}{' '}
          <input
            class="field"
            type="text"
            inputMode="text"
            autocomplete="off"
            spellcheck={false}
            placeholder="784-128-64-10"
            title={words.ownHint}
            value={typed}
            aria-describedby={id}
            aria-invalid={typed.trim() !== '' && own === null ? 'true' : undefined}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>{' '}
        <span id={id} class="small quiet">
          {typed.trim() !== '' && own === null ? words.notNetwork : words.ownHint}
        </span>
      </p>
    </section>
  );
}

type Counting = 'formula' | 'counting' | 'counted';

function Row({ network, texts }: { network: Network; texts: MemoMessages }): JSX.Element {
  const words = texts.growth.networks;
  const shape = networkShape(network);
  const [state, setState] = useState<Counting>(shape.nodes <= FEW_NODES ? 'counting' : 'formula');
  const [numbers, setNumbers] = useState<readonly [bigint, bigint]>([
    costOf(shape, 'path-sum').multiplications,
    costOf(shape, 'reverse').multiplications,
  ]);
  useEffect(() => {
    if (state !== 'counting') return;
    return whenIdle(counted(network), (found) => {
      setNumbers(found);
      setState('counted');
    });
  }, [state === 'counting']);
  const [paths, edges] = numbers;
  const name = nameOf(network);
  return (
    <tr>
      <th scope="row">{network.square === 'mul' ? words.product(name) : name}</th>
      <td class="numeric number">{formatCount(paths)}</td>
      <td class="numeric number">{formatCount(edges)}</td>
      <td class="numeric number">{words.times(factor(paths, edges))}</td>
      <td class="small quiet">
        {state === 'counted' ? words.counted : null}
        {state === 'counting' ? words.counting : null}
        {state === 'formula' && shape.nodes > MOST_NODES ? words.byFormula : null}
        {state === 'formula' && shape.nodes <= MOST_NODES ? (
          <button type="button" class="button outlined" onClick={() => setState('counting')}>
            {words.count(formatCount(shape.nodes))}
          </button>
        ) : null}
      </td>
    </tr>
  );
}

function* counted(network: Network): Pieces<readonly [bigint, bigint]> {
  const recording = recordNetwork(network);
  yield;
  const graph = liveGraphOf(recording);
  yield;
  const paths = ALGORITHMS['path-sum'].count(graph).multiplications;
  yield;
  return [paths, ALGORITHMS.reverse.count(graph).multiplications];
}

function nameOf({ widths }: Network): string {
  return widths.join('-');
}

/** How many times as large, to three digits; counts beyond doubles too. */
function factor(paths: bigint, edges: bigint): string {
  const whole = paths / edges;
  return whole > 1_000_000n
    ? formatCount(whole)
    : formatNumber(Number((1000n * paths) / edges) / 1000, { digits: 3 });
}

function parsed(text: string): Network | null {
  const widths = (text.match(/\d+/g) ?? []).map(Number);
  const right =
    widths.length >= 2 && widths.length <= DEEPEST && widths.every((width) => width >= 1 && width <= WIDEST);
  return right && /^[\d\s\-–—−,;:×x]+$/.test(text) ? { widths, square: 'pow' } : null;
}
