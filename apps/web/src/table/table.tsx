import { operationOf } from '@backflow/engine';
import { GRADIENT_STATES, type Moment } from '@backflow/graph';
import type { NotesMessages, PanelMessages } from '@backflow/messages';
import { nameToText, nodeTitle, splitNumber, formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { MathText } from '../look/math-text.tsx';
import { NumberField } from '../look/number-field.tsx';
import { AlignedNumber } from '../look/number.tsx';
import { panelTexts } from '../look/panel-texts.ts';
import { depthsOf } from '../state/depth.ts';
import { isLeaf, momentAt } from '../state/moment.ts';
import type { Run } from '../state/run.ts';
import { useNotesTexts } from '../notes/use-texts.ts';
import { MineCell, MineChooser } from './mine-column.tsx';
import { columnsOf, mine, type MineColumn } from './mine.ts';
import { rowWindow } from './window.ts';
import './table.css';

type Order = 'program' | 'depth';
const ORDERS: readonly Order[] = ['program', 'depth'];
const TITLE_LENGTH = 36;

/** Every node as a row: the trace table, and the accessible view of the graph. */
export function Table(): JSX.Element {
  const app = useApp();
  const texts = panelTexts(app).table;
  const run = app.run.value;
  const [order, setOrder] = useState<Order>('program');
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800, row: 36 });

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const look = (): void => {
      const row = element.querySelector<HTMLElement>('tbody tr[data-node]')?.offsetHeight ?? 36;
      setView({ top: element.scrollTop, height: element.clientHeight, row });
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [run === null]);

  const notesTexts = useNotesTexts();
  const own = mine();
  const mineColumns = notesTexts === null ? [] : columnsOf(own.choice.value);
  // A document is known by its names: their numbers may be dragged.
  const about = run === null ? '' : [...run.shown.names.values()].join(' ').slice(0, 2000);
  useEffect(() => own.turnTo(about), [about]);

  const rows = run === null ? [] : rowsOf(run, order);
  const active = run === null ? [] : activeNodes(run, app.position.value);
  const focusRow = active[0] ?? -1;

  // Keeps the row of the step in view, as the graph's camera does.
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null || focusRow < 0 || !app.session.value.following) return;
    const at = rows.indexOf(focusRow) * view.row;
    if (at < element.scrollTop || at + 3 * view.row > element.scrollTop + element.clientHeight) {
      element.scrollTop = Math.max(0, at - element.clientHeight / 2);
    }
  }, [focusRow, order]);

  // And that of a node that is selected elsewhere.
  const selected = app.selected.value;
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null || selected < 0) return;
    const at = rows.indexOf(selected) * view.row;
    if (at < element.scrollTop || at + 2 * view.row > element.scrollTop + element.clientHeight) {
      element.scrollTop = Math.max(0, at - element.clientHeight / 2);
    }
  }, [selected, order]);

  if (run === null) {
    return (
      <div class="graph-empty">
        <h2>{app.messages.value.page.panes.emptyTitle}</h2>
        <p>{app.messages.value.page.panes.empty}</p>
      </div>
    );
  }

  const moment = momentAt(run, app.position.value, app.stale.value);
  const { from, to } = rowWindow(rows.length, view.top, view.height, view.row);
  return (
    <div class="table-view">
      <div class="table-tools">
        <label>
          {texts.sort}{' '}
          <select
            class="field"
            value={order}
            onChange={(event) => setOrder(event.currentTarget.value as Order)}
          >
            {ORDERS.map((name) => (
              <option key={name} value={name}>
                {texts.orders[name]}
              </option>
            ))}
          </select>
        </label>
        {notesTexts === null ? null : <MineChooser run={run} texts={notesTexts} />}
        {to - from < rows.length ? (
          <span class="quiet small">{texts.rows(from + 1, to, rows.length)}</span>
        ) : null}
      </div>
      {/* A scrolling region must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={frame} class="table-frame" role="region" aria-label={texts.label} tabIndex={0}>
        <table
          aria-rowcount={rows.length + 1}
          aria-label={texts.label}
          class={moment.stale ? 'stale' : undefined}
        >
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col">{texts.name}</th>
              <th scope="col">{texts.operation}</th>
              {mineColumns.map((column) => (
                <th key={column} scope="col" class="numeric">
                  {notesTexts!.page.mine[column]}
                </th>
              ))}
              <th scope="col" class="numeric">
                {texts.value}
              </th>
              <th scope="col" class="numeric">
                {texts.gradient}
              </th>
              <th scope="col">{texts.state}</th>
            </tr>
          </thead>
          <tbody style={alignment(moment, rows.slice(from, to), app.digits.value)}>
            <Spacer rows={from} height={view.row} />
            {rows.slice(from, to).map((node, index) => (
              <Row
                key={run.keys[node]}
                run={run}
                moment={moment}
                node={node}
                index={from + index}
                active={active.includes(node)}
                mine={mineColumns}
                notesTexts={notesTexts}
              />
            ))}
            <Spacer rows={rows.length - to} height={view.row} />
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Spacer({ rows, height }: { rows: number; height: number }): JSX.Element | null {
  if (rows === 0) return null;
  return (
    <tr aria-hidden="true" style={{ height: `${rows * height}px` }}>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label */}
      <td colSpan={5} />
    </tr>
  );
}

interface RowProps {
  readonly run: Run;
  readonly moment: Moment;
  readonly node: number;
  readonly index: number;
  readonly active: boolean;
  readonly mine: readonly MineColumn[];
  readonly notesTexts: NotesMessages | null;
}

function Row({ run, moment, node, index, active, mine: columns, notesTexts }: RowProps): JSX.Element {
  const app = useApp();
  const texts = panelTexts(app).table;
  const selected = app.selected.value === node;
  const name = titleOf(run, node);
  const known = moment.valueKnown[node] === 1;
  const leaf = isLeaf(run, node);
  const state = GRADIENT_STATES[moment.gradientState[node]];
  return (
    <tr
      data-node={node}
      aria-rowindex={index + 2}
      aria-current={active ? 'step' : undefined}
      class={`${selected ? 'selected' : ''} ${active ? 'active' : ''}`}
      onClick={() => app.select(node)}
    >
      <th scope="row">
        <button type="button" class="row-name" aria-pressed={selected} title={name}>
          <MathText text={name} />
        </button>
      </th>
      <td class="quiet">{leaf ? texts.leaf : operationOf(run.shown, node)?.symbol}</td>
      {notesTexts === null
        ? null
        : columns.map((column) => (
            <MineCell key={column} run={run} node={node} name={name} column={column} texts={notesTexts} />
          ))}
      <td class="numeric">
        {leaf && known && !app.readOnly.value ? (
          <NumberField
            label={texts.edit(name)}
            value={moment.value[node]}
            onEnter={(value) => app.enterValue(node, value)}
            onNudge={(direction, size) => app.nudgeBy(node, direction, size)}
          />
        ) : known ? (
          <AlignedNumber value={moment.value[node]} />
        ) : (
          '—'
        )}
      </td>
      <td class={`numeric gradient ${state}`}>
        {state === 'none' ? (
          '—'
        ) : (
          <AlignedNumber value={state === 'zero' ? 0 : moment.gradient[node]} signed />
        )}
        {state === 'partial' ? <span class="quiet"> + …</span> : null}
      </td>
      <td class="quiet">{stateText(texts, run, moment, node)}</td>
    </tr>
  );
}

function stateText(texts: PanelMessages['table'], run: Run, moment: Moment, node: number): string {
  if (run.shown.skipped[node]) return texts.states.skipped;
  if (!moment.valueKnown[node]) return texts.states.unknown;
  switch (GRADIENT_STATES[moment.gradientState[node]]) {
    case 'none':
      return texts.states.none;
    case 'partial':
      return texts.states.partial(moment.reported[node], moment.uses[node]);
    case 'final':
      return texts.states.final;
    case 'zero':
      return texts.states.zero;
  }
}

function titleOf(run: Run, node: number): string {
  const name = run.shown.names.get(node);
  return name === undefined ? nodeTitle(run.shown, node, TITLE_LENGTH) : nameToText(name);
}

function rowsOf(run: Run, order: Order): readonly number[] {
  const rows = Array.from({ length: run.shown.count }, (_, node) => node);
  if (order === 'program') return rows;
  const depth = depthsOf(run.shown);
  return rows.sort((a, b) => depth[a] - depth[b] || a - b);
}

/** The nodes that the last event touches: for an edge its input first, then its consumer. */
function activeNodes(run: Run, position: number): number[] {
  const { active } = momentAt(run, position, false);
  if (active === null) return [];
  return active.entry < 0 ? [active.node] : [run.shown.inputs[active.entry], active.node];
}

/** Room before and behind the decimal point, so that all rows that are shown align. */
function alignment(moment: Moment, nodes: readonly number[], digits: number): Record<string, string> {
  let whole = 1;
  let rest = 0;
  for (const node of nodes) {
    for (const value of [moment.value[node], moment.gradient[node]]) {
      const parts = splitNumber(formatNumber(value, { digits }));
      whole = Math.max(whole, Array.from(parts.whole).length);
      rest = Math.max(rest, Array.from(parts.rest).length);
    }
  }
  return { '--whole': `${whole}ch`, '--rest': `${rest}ch` };
}
