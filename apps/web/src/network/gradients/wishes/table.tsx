import type { NetworkMessages } from '@backflow/messages';
import {
  largestOf,
  parameterName,
  parameterPath,
  type Dataset,
  type NetworkSpec,
  type WishTable,
} from '@backflow/nn';
import { formatExact, formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useApp } from '../../../app-context.ts';
import { MathText } from '../../../look/math-text.tsx';
import { exampleName } from '../names.ts';
import { WishWords } from './words.tsx';
import { seen, stepped } from './window.ts';

interface TableProps {
  readonly wishes: WishTable;
  readonly rows: Int32Array;
  readonly network: NetworkSpec;
  readonly dataset: Dataset;
  readonly compared: readonly number[];
  readonly words: NetworkMessages['gradients']['wishes'];
  readonly onCompare: (parameter: number) => void;
}

/** Width of a column, in letters. */
const COLUMN = 5.6;
/** Of the words before the examples. */
const SAID = 15;
const SPARE = { rows: 8, columns: 2 };

interface Room {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  /** Height of a row. */
  readonly row: number;
  /** Height of the letters. */
  readonly text: number;
}

function sameRoom(a: Room, b: Room): boolean {
  return (Object.keys(a) as (keyof Room)[]).every((key) => a[key] === b[key]);
}

/** Rows are weights, columns examples, the last column is the mean; only what is seen is in the page. */
export function WishTableView(props: TableProps): JSX.Element {
  const { wishes, rows, network, dataset, compared, words, onCompare } = props;
  const { digits } = useApp();
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Room>({ top: 0, left: 0, width: 900, height: 500, row: 32, text: 13 });
  useEffect(() => {
    const element = box.current!;
    const look = (): void => {
      const style = getComputedStyle(element);
      const row = parseFloat(style.getPropertyValue('--target')) || 32;
      const text = parseFloat(style.fontSize);
      // What is drawn changes only after so many rows or columns.
      const { rows: down, columns: across } = SPARE;
      const top = stepped(element.scrollTop, down * row);
      const left = stepped(element.scrollLeft, across * COLUMN * text);
      const next = { top, left, width: element.clientWidth, height: element.clientHeight, row, text };
      setRoom((last) => (sameRoom(last, next) ? last : next));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  useEffect(() => {
    box.current!.scrollTop = 0;
  }, [rows]);

  const columns = wishes.columns.length;
  const width = COLUMN * room.text;
  const down = seen(rows.length, room.top, room.height, room.row, 2 * SPARE.rows);
  const across = seen(columns, room.left - SAID * room.text, room.width, width, 2 * SPARE.columns);
  const largest = useMemo(() => largestShown(wishes, rows), [wishes, rows]);
  const number = (x: number): string => formatNumber(x, { digits: Math.min(3, digits.value) });
  const shown = Array.from({ length: across.to - across.from }, (_, i) => across.from + i);
  const before = across.from;
  const after = columns - across.to;
  return (
    // The arrow keys scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={box} class="wishes-box" tabIndex={0} role="region" aria-label={words.table}>
      <table
        class="wishes-table"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns + 3}
        style={{ '--column': `${width}px`, '--said': `${SAID}em` }}
      >
        <colgroup>
          <col class="wishes-name" />
          <col class="wishes-said" />
          {Array.from({ length: columns }, (_, i) => (
            <col key={i} class="wishes-example" />
          ))}
          <col class="wishes-mean" />
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" aria-colindex={1}>
              {words.weight}
            </th>
            <th scope="col" aria-colindex={2}>
              {words.said}
            </th>
            {before > 0 ? <td colSpan={before} aria-hidden="true" /> : null}
            {shown.map((column) => (
              <th key={column} scope="col" class="numeric" aria-colindex={column + 3}>
                <span class="wishes-index">{wishes.examples[column]}</span>
                <span class="wishes-class">{exampleName(dataset, wishes.examples[column], number)}</span>
              </th>
            ))}
            {after > 0 ? <td colSpan={after} aria-hidden="true" /> : null}
            <th scope="col" class="numeric wishes-last" aria-colindex={columns + 3}>
              {words.mean}
              <span class="wishes-class">{words.of(wishes.count.toLocaleString('en'))}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {down.from > 0 ? <tr aria-hidden="true" style={{ height: `${down.from * room.row}px` }} /> : null}
          {Array.from(rows.subarray(down.from, down.to), (parameter, i) => {
            const name = parameterName(network, parameter);
            const on = compared.includes(parameter);
            return (
              <tr key={parameter} aria-rowindex={down.from + i + 2} class={on ? 'on' : ''}>
                <th scope="row" aria-colindex={1}>
                  <button
                    type="button"
                    aria-pressed={on}
                    title={words.compareRow(parameterPath(network, parameter))}
                    onClick={() => onCompare(parameter)}
                  >
                    <MathText text={name} />
                  </button>
                </th>
                <td class="wishes-said" aria-colindex={2}>
                  <WishWords wish={wishes.mean[parameter]} largest={wishes.largest} words={words} />
                </td>
                {before > 0 ? <td colSpan={before} aria-hidden="true" /> : null}
                {shown.map((column) => (
                  <Wish
                    key={column}
                    index={column + 3}
                    wish={wishes.columns[column][parameter]}
                    largest={largest}
                    number={number}
                  />
                ))}
                {after > 0 ? <td colSpan={after} aria-hidden="true" /> : null}
                <Wish
                  index={columns + 3}
                  wish={wishes.mean[parameter]}
                  largest={wishes.largest}
                  number={number}
                  last
                />
              </tr>
            );
          })}
          {down.to < rows.length ? (
            <tr aria-hidden="true" style={{ height: `${(rows.length - down.to) * room.row}px` }} />
          ) : null}
        </tbody>
      </table>
    </div>
  );
}

interface WishProps {
  readonly index: number;
  readonly wish: number;
  readonly largest: number;
  readonly number: (x: number) => string;
  readonly last?: boolean;
}

/** One number: colour and hatching tell its sign, besides the sign itself, and how strong they are its size. */
function Wish({ index, wish, largest, number, last = false }: WishProps): JSX.Element {
  // The root, so that small ones show, too.
  const share = largest > 0 ? Math.sqrt(Math.min(1, Math.abs(wish) / largest)) : 0;
  const sign = wish > 0 ? 'up' : wish < 0 ? 'down' : '';
  return (
    <td
      class={`numeric wish ${sign} ${last ? 'wishes-last' : ''}`}
      aria-colindex={index}
      title={formatExact(wish)}
      style={{ '--share': `${(100 * share).toFixed(0)}%` }}
    >
      {wish > 0 ? `+${number(wish)}` : number(wish)}
    </td>
  );
}

/** The largest wish of an example among the rows. */
function largestShown({ columns }: WishTable, rows: Int32Array): number {
  return largestOf(columns.map((column) => largestOf(Array.from(rows, (row) => column[row]))));
}
