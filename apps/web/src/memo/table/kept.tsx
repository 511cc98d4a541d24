import type { MemoMessages } from '@backflow/messages';
import { formatNumber } from '@backflow/print';
import {
  exactJudge,
  keepsVisitedSet,
  memoNodes,
  memoRow,
  memoStroke,
  readCount,
  type AlgorithmName,
  type Judge,
  type LiveGraph,
  type MemoRead,
  type MemoRow,
  type MemoStroke,
} from '@backflow/trace';
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { MathText } from '../../look/math-text.tsx';
import { NumberText } from '../../look/number.tsx';
import { predicting } from '../predict/hidden.ts';
import { Pager, usePage } from './pages.tsx';
import { goToStep, stepOfEvent, titleOf, type Place } from './place.ts';

/** Reads that are listed one by one. */
const MOST_READS = 8;

interface KeptProps {
  readonly place: Place;
  readonly algorithm: AlgorithmName;
  readonly graph: LiveGraph;
  readonly texts: MemoMessages;
}

/** The table of an algorithm that keeps a gradient for every node, as it stands at the present step. */
export function Kept({ place, algorithm, graph, texts }: KeptProps): JSX.Element {
  const words = texts.table;
  const { run, trace, position, truth } = place;
  const nodes = useMemo(() => memoNodes(trace), [trace]);
  const judge = useMemo(() => exactJudge(graph, truth, true), [graph, truth]);
  const stroke = memoStroke(trace, position);
  const row = stroke === null ? -1 : nodes.indexOf(stroke.node);
  const page = usePage(nodes.length, row);
  const frame = useRef<HTMLDivElement>(null);
  const { following } = place.app.session.value;
  useLayoutEffect(() => {
    if (following) frame.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [row, page.from]);

  // A step changes a row or two: the elements of the others are handed over as they are.
  const { digits } = place.app;
  const drawn = useMemo(
    () => new Map<number, { readonly seen: string; readonly element: JSX.Element }>(),
    [trace, run.trace, judge, texts, place.granularity, digits.value],
  );
  const visitedKept = keepsVisitedSet(algorithm) ? 'kept' : withoutSet(algorithm);
  return (
    <>
      <p class="memo-two-says small quiet">
        {`${words.visitedSet}: ${words.visitedHint} (${words.visitedKept[visitedKept]})`}
        <br />
        {`${words.stored}: ${words.storedHint} (${words.visitedKept.kept})`}
      </p>
      <div ref={frame} class="memo-table-frame">
        <table aria-rowcount={nodes.length + 2}>
          <caption class="hidden-visually">{words.title(titleOf(run, trace.of))}</caption>
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {words.node}
              </th>
              <th scope="colgroup" colSpan={2} class="memo-two">
                {words.twoMemos}
              </th>
              <th scope="col" rowSpan={2}>
                {words.computed}
              </th>
              <th scope="col" rowSpan={2}>
                {words.usedBy}
              </th>
            </tr>
            <tr>
              <th scope="col" class="memo-two">
                {words.visitedSet}
                <small>{words.visitedHint}</small>
                <small>{words.visitedKept[visitedKept]}</small>
              </th>
              <th scope="col" class="memo-two">
                <MathText text={words.storedOf(titleOf(run, trace.of))} />
                <small>{words.storedHint}</small>
                <small>{words.visitedKept.kept}</small>
              </th>
            </tr>
          </thead>
          <tbody>
            {nodes.slice(page.from, page.to).map((node, index) => {
              const row = memoRow(trace, judge, node, position, MOST_READS);
              const here = stroke?.node === node ? stroke : null;
              const seen = signature(place, row, here);
              const before = drawn.get(node);
              if (before?.seen === seen) return before.element;
              const element = (
                <Row
                  key={node}
                  place={place}
                  row={row}
                  index={page.from + index}
                  stroke={here}
                  judge={judge}
                  texts={texts}
                />
              );
              drawn.set(node, { seen, element });
              return element;
            })}
          </tbody>
        </table>
      </div>
      <Pager page={page} texts={texts} />
    </>
  );
}

/** All that a row shows of a position. */
function signature({ app, run, trace, position }: Place, row: MemoRow, stroke: MemoStroke | null): string {
  const { node, gradient, visits, hits } = row;
  const number = 'total' in gradient ? `${gradient.total} ${gradient.reported}` : '';
  const reads = readCount(trace, node, position);
  return `${gradient.state} ${number} ${visits} ${hits} ${reads} ${stroke?.kind ?? ''} ${position === trace.length} ${predicting(app, run)}`;
}

/** Why an algorithm needs no set of visited nodes, if it does not. */
function withoutSet(algorithm: AlgorithmName): 'order' | 'entry' | 'none' {
  if (algorithm === 'memo') return 'entry';
  return algorithm === 'accumulate-early' ? 'none' : 'order';
}

interface RowProps {
  readonly place: Place;
  readonly row: MemoRow;
  readonly index: number;
  readonly stroke: MemoStroke | null;
  readonly judge: Judge;
  readonly texts: MemoMessages;
}

function Row({ place, row, index, stroke, judge, texts }: RowProps): JSX.Element {
  const words = texts.table;
  const { app, run, trace, position, truth } = place;
  const { node, gradient, visited, visits, hits } = row;
  const name = titleOf(run, node);
  const selected = app.selected.value === node;
  const digits = app.digits.value;
  const has = gradient.state === 'partial' || gradient.state === 'final';
  const wrong = position === trace.length && has && !judge(node, gradient.total);
  const marked = keepsVisitedSet(trace.algorithm) && hits > 0;
  return (
    <tr
      aria-rowindex={index + 3}
      aria-current={stroke === null ? undefined : 'step'}
      class={`${stroke === null ? '' : `stroke ${stroke.kind}`} ${selected ? 'selected' : ''}`}
    >
      <th scope="row">
        <button type="button" class="memo-node" aria-pressed={selected} onClick={() => app.select(node)}>
          <MathText text={name} />
        </button>
      </th>
      <td class="memo-two">
        <span class={`memo-bit ${visits > 0 ? 'set' : ''}`}>{visits > 0 ? '1' : '0'}</span>
        {visits > 1 ? <span class="memo-note wrong">{words.visitedAgain(visits)}</span> : null}
        {marked ? <span class="memo-note">{words.met(hits)}</span> : null}
      </td>
      <td class="memo-two">
        {has ? (
          <span class={gradient.state === 'final' ? 'memo-final' : ''}>
            <NumberText value={gradient.total} signed />
          </span>
        ) : (
          '—'
        )}
        {gradient.state === 'partial' ? (
          <span class="memo-note">+ … ({words.partial(gradient.reported, gradient.uses)})</span>
        ) : null}
        {wrong ? (
          <span class="memo-note wrong">{words.endsWrong(formatNumber(truth[node], { digits }))}</span>
        ) : null}
      </td>
      <td>
        {visited < 0 ? '—' : <StepButton place={place} event={visited} texts={texts} />}
        {stroke === null ? null : <span class="memo-stroke">{words.strokes[stroke.kind]}</span>}
      </td>
      <td>
        <Reads place={place} row={row} judge={judge} texts={texts} />
      </td>
    </tr>
  );
}

interface ReadsProps {
  readonly place: Place;
  readonly row: MemoRow;
  readonly judge: Judge;
  readonly texts: MemoMessages;
}

/** Who has taken the entry, when, and what stood there if it was not what was due. */
function Reads({ place, row, judge, texts }: ReadsProps): JSX.Element {
  const words = texts.table;
  const { app, run, trace, truth } = place;
  const digits = app.digits.value;
  const { node, reads, wrong } = row;
  const isMemo = trace.algorithm === 'memo';
  // What is due is asked for.
  const hidden = predicting(app, run);
  const more = readCount(trace, node, place.position) - reads.length;
  if (reads.length === 0) return <>—</>;
  const due = formatNumber(truth[node], { digits });
  const chip = (read: MemoRead): JSX.Element => {
    const right = hidden || judge(node, read.found);
    const found = formatNumber(read.found, { digits });
    return (
      <li key={read.event}>
        <StepButton
          place={place}
          event={read.event}
          texts={texts}
          wrong={!right}
          title={right ? undefined : words.dueHint(titleOf(run, node), found, due)}
        >
          <b>
            <MathText text={titleOf(run, read.by)} />
          </b>
          {right ? null : <span>{words.due(found, due)}</span>}
          {isMemo ? <span class="memo-look">{read.hit ? words.hit : words.miss}</span> : null}
        </StepButton>
      </li>
    );
  };
  return (
    <ul class="memo-reads">
      {reads.map(chip)}
      {more > 0 && wrong !== null && !hidden && !reads.some(({ event }) => event === wrong.event)
        ? chip(wrong)
        : null}
      {more > 0 ? <li class="quiet small">{words.more(more)}</li> : null}
    </ul>
  );
}

interface StepButtonProps {
  readonly place: Place;
  readonly event: number;
  readonly texts: MemoMessages;
  readonly wrong?: boolean;
  readonly title?: string | undefined;
  readonly children?: ComponentChildren;
}

/** Goes to the step of an event. */
function StepButton({ place, event, texts, wrong = false, title, children }: StepButtonProps): JSX.Element {
  const step = stepOfEvent(place, event);
  return (
    <button
      type="button"
      class={`memo-step ${wrong ? 'wrong' : ''}`}
      title={title}
      onClick={() => goToStep(place, step)}
    >
      {children}
      <span class="quiet">{texts.table.step(step)}</span>
    </button>
  );
}
