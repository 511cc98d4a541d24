import { backward } from '@backflow/engine';
import type { MemoMessages } from '@backflow/messages';
import { formatCount, formatNumber } from '@backflow/print';
import {
  bestCheckpoints,
  CELL_BYTES,
  checkpointCost,
  checkpointedSweep,
  DOUBLING,
  mostCheckpoints,
  scheduleOf,
  tapeBytes,
  type CheckpointCost,
  type Schedule,
} from '@backflow/trace';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Run } from '../../state/run.ts';
import { whenIdle, type Pieces } from '../growth/idle.ts';
import type { PlotLine } from '../growth/lines.ts';
import { Plot } from '../growth/plot.tsx';
import { powerOfTen, wholeNumbers } from '../growth/scale.ts';

/** Stages of the chain that stands for a large program. */
const CHAIN = 10_000;
/** Numbers of checkpoints at which a curve is computed. */
const POINTS = 120;
/** The slider goes on behind the best number as far as it takes to see that memory grows again. */
const BEYOND = 4;
const LEAST_REACH = 12;

type Subject = 'own' | 'chain';

/** What a sweep stores, in bytes, and what it saves to compute some of it again. */
export function MemoryPrice({ run, texts }: { run: Run; texts: MemoMessages }): JSX.Element {
  const words = texts.memory;
  const [chosen, setSubject] = useState<Subject | null>(null);
  // A small program gains nothing: a chain shows what there is to gain.
  const gains = useMemo(() => bestCheckpoints(scheduleOf(run.shown)).checkpoints > 0, [run.shown]);
  const subject = chosen ?? (gains ? 'own' : 'chain');
  const recording = useMemo(
    () => (subject === 'own' ? run.shown : DOUBLING.record(CHAIN)),
    [subject, subject === 'own' ? run.shown : null],
  );
  const schedule = useMemo(() => scheduleOf(recording), [recording]);
  const bytes = tapeBytes(recording);
  const all = bytes.numbers + bytes.structure;
  return (
    <section class="memo-memory">
      <h2>{words.title}</h2>
      <p class="memo-about">{words.about}</p>
      <div class="memo-table-tools">
        <span>{words.of}</span>
        {(['own', 'chain'] as const).map((name) => (
          <label key={name} class="memo-radio">
            <input
              type="radio"
              name="memo-memory"
              checked={subject === name}
              onChange={() => setSubject(name)}
            />
            {name === 'own' ? words.own : words.chain(formatCount(CHAIN))}
          </label>
        ))}
      </div>
      <p>
        <b>{words.whole}:</b>{' '}
        {words.wholeIs(
          formatCount(recording.count),
          formatCount(2 * recording.count),
          words.bytes(formatCount(bytes.numbers)),
        )}{' '}
        <span class="quiet">
          {words.engine(words.bytes(formatCount(all)), formatNumber(all / recording.count, { digits: 3 }))}
        </span>
      </p>
      {mostCheckpoints(schedule) === 0 ? (
        <p>{words.worthless}</p>
      ) : (
        <Checkpoints key={subject} schedule={schedule} chain={subject === 'chain'} texts={texts} />
      )}
    </section>
  );
}

interface CheckpointsProps {
  readonly schedule: Schedule;
  readonly chain: boolean;
  readonly texts: MemoMessages;
}

/** Memory and time over the number of checkpoints. */
function Checkpoints({ schedule, chain, texts }: CheckpointsProps): JSX.Element {
  const words = texts.memory;
  const best = useMemo(() => bestCheckpoints(schedule), [schedule]);
  const reach = Math.min(mostCheckpoints(schedule), Math.max(LEAST_REACH, BEYOND * best.checkpoints));
  const [chosen, choose] = useState(chain ? best.checkpoints : 0);
  const [pointed, point] = useState<number | null>(null);
  const costs = useMemo(
    () => wholeNumbers(0, reach, POINTS).map((count) => checkpointCost(schedule, count)),
    [schedule, reach],
  );
  const count = Math.min(reach, pointed ?? chosen);
  const cost = checkpointCost(schedule, count);
  const whole = costs[0].peakCells;
  const line = (
    id: 'cells' | 'again',
    of: (cost: CheckpointCost) => number,
    scale: (y: number) => number,
  ): PlotLine => ({
    id,
    label: '',
    points: costs.map((each) => ({ x: each.checkpoints, y: scale(of(each)) })),
    reading: formatCount(of(cost)),
    atCursor: scale(of(cost)),
  });
  const computed = schedule.order.length;
  const common = {
    from: 0,
    to: reach,
    rows: 17,
    xLabel: words.checkpoints,
    cursor: count,
    onPoint: point,
    onPick: choose,
  };
  return (
    <>
      <label class="memo-slider">
        {words.checkpoints} = <output>{formatCount(count)}</output>
        <input
          type="range"
          min={0}
          max={reach}
          step={1}
          value={Math.min(reach, chosen)}
          onInput={(event) => choose(Number(event.currentTarget.value))}
        />
        <button
          type="button"
          class="button outlined"
          disabled={count === best.checkpoints}
          onClick={() => choose(best.checkpoints)}
        >
          {words.toBest(formatCount(best.checkpoints))}
        </button>
      </label>
      <p role="status">
        <b>
          {words.reading(
            cost.checkpoints,
            formatCount(cost.peakCells),
            words.bytes(formatCount(CELL_BYTES * cost.peakCells)),
            percent(cost.peakCells / whole),
          )}
        </b>{' '}
        {cost.again === 0
          ? words.noTime
          : words.time(formatCount(cost.again), percent(cost.again / computed))}
      </p>
      <Proof schedule={schedule} checkpoints={Math.min(reach, chosen)} texts={texts} />
      <div class="memo-plots">
        <Plot
          {...common}
          label={words.cellsOver}
          yLabel={words.cellsOver}
          fromZero={false}
          tickText={powerOfTen}
          lines={[line('cells', ({ peakCells }) => peakCells, Math.log10)]}
          mark={{ x: best.checkpoints, label: words.best(formatCount(best.checkpoints)) }}
        />
        <Plot
          {...common}
          label={words.againOver}
          yLabel={words.againOver}
          fromZero
          tickText={(tick) => formatCount(tick)}
          lines={[
            line(
              'again',
              ({ again }) => again,
              (nodes) => nodes,
            ),
          ]}
        />
      </div>
      <p class="small quiet">
        {best.checkpoints === 0 ? words.worthless : null}{' '}
        {schedule.leaves.length > 1 ? words.leaves(formatCount(schedule.leaves.length)) : null}{' '}
        {words.root(formatNumber(Math.sqrt(computed), { digits: 3 }))}
      </p>
    </>
  );
}

/** A program of more nodes is not swept again for the proof. */
const MOST_NODES = 30_000;

interface ProofProps {
  readonly schedule: Schedule;
  readonly checkpoints: number;
  readonly texts: MemoMessages;
}

/** A real sweep with the chosen checkpoints, in idle time, held against the engine's. */
function Proof({ schedule, checkpoints, texts }: ProofProps): JSX.Element | null {
  const words = texts.memory;
  const [found, setFound] = useState<Proven | null>(null);
  const few = schedule.order.length <= MOST_NODES;
  useEffect(() => {
    if (few) return whenIdle(proven(schedule, checkpoints), setFound);
    return undefined;
  }, [schedule, checkpoints]);
  if (!few) return null;
  const current = found !== null && found.schedule === schedule && found.checkpoints === checkpoints;
  return (
    <p class="small quiet">
      {current ? words.proof(found.same, formatCount(found.cells), formatCount(found.again)) : words.proving}
    </p>
  );
}

interface Proven {
  readonly schedule: Schedule;
  readonly checkpoints: number;
  /** The gradients of the leaves are the engine's, bit for bit. */
  readonly same: boolean;
  readonly cells: number;
  readonly again: number;
}

function* proven(schedule: Schedule, checkpoints: number): Pieces<Proven> {
  const { gradients, peakCells, again } = checkpointedSweep(schedule, checkpoints);
  yield;
  const due = backward(schedule.recording, { of: schedule.of });
  const same = schedule.leaves.every((leaf, index) => Object.is(gradients[index], due[leaf]));
  return { schedule, checkpoints, same, cells: peakCells, again };
}

function percent(share: number): string {
  return `${formatNumber(100 * share, { digits: 2 })} %`;
}
