import type { NotesMessages } from '@backflow/messages';
import type { JSX } from 'preact';
import '../notes/signs.css';
import { SIGNS } from '../notes/signs.ts';
import type { Run } from '../state/run.ts';
import { columnsOf, mine, MINE_CHOICES, verdictOf, type MineChoice, type MineColumn } from './mine.ts';

type Texts = NotesMessages;

/** The number that a column asks for: independent of the step, since a student may be ahead of it. */
function truthOf(run: Run, node: number, column: MineColumn): number {
  if (column === 'value') return run.shown.value[node];
  // The total after the last contribution; without one no path leads to the output.
  const { arrivals, value } = run.trace;
  const last = arrivals.start[node + 1] - 1;
  return last < arrivals.start[node] ? 0 : value[arrivals.events[last]];
}

/** Chooses which of a row's numbers the reader fills in. */
export function MineChooser({ run, texts }: { readonly run: Run; readonly texts: Texts }): JSX.Element {
  const own = mine();
  const names: Readonly<Record<MineChoice, string>> = {
    none: texts.page.mine.none,
    both: texts.page.mine.both,
    value: texts.page.mine.onlyValue,
    gradient: texts.page.mine.onlyGradient,
  };
  const columns = columnsOf(own.choice.value);
  let right = 0;
  let total = 0;
  for (let node = 0; node < run.shown.count && columns.length > 0 && own.entries.value.size > 0; node++) {
    for (const column of columns) {
      const verdict = verdictOf(own.at(run.keys[node], column), truthOf(run, node, column));
      if (verdict === null) continue;
      total++;
      if (verdict === 'right' || verdict === 'rounded') right++;
    }
  }
  return (
    <>
      <label>
        {texts.page.mine.columns}{' '}
        <select
          class="field"
          value={own.choice.value}
          onChange={(event) => own.choose(event.currentTarget.value as MineChoice)}
        >
          {MINE_CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {names[choice]}
            </option>
          ))}
        </select>
      </label>
      {columns.length === 0 ? null : (
        <button
          type="button"
          class="button outlined mine-sign"
          aria-label={texts.page.mine.sign}
          // The field keeps the focus, and the keypad stays.
          onPointerDown={(event) => event.preventDefault()}
          onClick={turnSign}
        >
          ±
        </button>
      )}
      <span class="quiet small" role="status">
        {total === 0 ? '' : texts.page.mine.score(right, total)}
      </span>
    </>
  );
}

/** Keypads of phones have no minus: turns the sign of the number in the field with the focus. */
function turnSign(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement) || field.closest('.mine') === null) return;
  field.value = /^\s*[-−]/.test(field.value) ? field.value.replace(/[-−]/, '') : `-${field.value}`;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

interface MineCellProps {
  readonly run: Run;
  readonly node: number;
  readonly name: string;
  readonly column: MineColumn;
  readonly texts: Texts;
}

/** A field for the reader's own number, and what it is worth. */
export function MineCell({ run, node, name, column, texts }: MineCellProps): JSX.Element {
  const own = mine();
  const key = run.keys[node];
  const typed = own.at(key, column);
  const verdict = verdictOf(typed, truthOf(run, node, column));
  const said =
    verdict === null ? '' : verdict === 'unknown' ? texts.page.mine.notANumber : texts.verdicts[verdict];
  const label = texts.page.mine.field(texts.page.mine[column], name);
  return (
    <td class="numeric mine">
      <span class={`sign ${verdict ?? ''}`} aria-hidden="true">
        {verdict === null ? '' : SIGNS[verdict]}
      </span>
      <input
        class="field"
        type="text"
        inputMode="decimal"
        autocomplete="off"
        spellcheck={false}
        aria-label={said === '' ? label : `${label}: ${said}`}
        value={typed}
        onClick={(event) => event.stopPropagation()}
        onInput={(event) => own.type(key, column, event.currentTarget.value)}
        onKeyDown={(event) => {
          const by =
            event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (by === 0) return;
          event.preventDefault();
          const cell = event.currentTarget.closest('td')!;
          const row = cell.parentElement!;
          const other = by > 0 ? row.nextElementSibling : row.previousElementSibling;
          other?.children[[...row.children].indexOf(cell)]?.querySelector('input')?.focus();
        }}
      />
    </td>
  );
}
