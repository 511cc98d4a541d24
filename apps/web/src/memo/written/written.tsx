import { formatCount, nameToText } from '@backflow/print';
import {
  isPassedOver,
  weightLeaves,
  writtenMultiplications,
  type LiveGraph,
  type WrittenFormula,
} from '@backflow/trace';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { MathText } from '../../look/math-text.tsx';
import type { MemoTabProps } from '../contract.ts';
import { Counter } from '../tree/counter.tsx';
import { FormulaRow, type FormulaRowProps } from './formula.tsx';
import type { Names } from './names.ts';
import { MOST_USES, writingOf, writtenGraph, type Writing } from './writing.ts';
import './written.css';

/** Stored derivatives that are listed: the latest ones. */
const MOST_STORED = 60;

/** The chain rule over all paths, formula by formula, and what storing its repeated factors saves. */
export function WrittenTab(props: MemoTabProps): JSX.Element {
  const { app, run, texts } = props;
  const writing = writingOf(run, app.session.value.memo);
  if (writing !== null) return <WrittenOut {...props} writing={writing} />;
  const { edges } = writtenGraph(run);
  const words = texts.written;
  return (
    <p class="written-note">
      {edges === 0 ? words.none : words.tooLarge(formatCount(edges), formatCount(MOST_USES))}
    </p>
  );
}

function WrittenOut({ app, run, texts, writing }: MemoTabProps & { readonly writing: Writing }): JSX.Element {
  const words = texts.written;
  const { memo } = app.session.value;
  const { written, stage, names } = writing;
  const { order, leaves } = written;
  const graph = writtenGraph(run);
  const [lit, setLit] = useState(-1);
  const most = useMemo(() => writtenMultiplications(written, 0), [written]);
  const least = useMemo(() => writtenMultiplications(written, order.length), [written]);
  const count = (value: bigint | number): string => formatCount(value);
  const passed = useMemo(() => passedOver(graph), [graph]);
  const inputs = useMemo(() => weightLeaves(graph).length < graph.leaves.length, [graph]);
  const row = {
    names,
    next: stage.next?.node ?? -1,
    lit,
    onLight: setLit,
    more: words.more,
    long: words.long,
    cost: words.cost,
    format: count,
    numbers: run.unknown === null,
  };
  return (
    <section class="written-tab" aria-label={words.label}>
      <Counter
        now={stage.multiplications}
        most={most}
        least={least}
        format={count}
        unit={words.multiplications(stage.multiplications === 1n)}
        ends={words.ends(count(leaves.length), leaves.length === 1, count(most), count(least))}
        scale={words.scale}
      />
      {inputs || passed !== '' ? (
        <div class="written-tools">
          {inputs ? (
            <label title={words.allTitle}>
              <input
                type="checkbox"
                checked={memo.inputs}
                onChange={({ currentTarget }) =>
                  app.update({ memo: { ...memo, inputs: currentTarget.checked } })
                }
              />
              {words.all}
            </label>
          ) : null}
          {passed === '' ? null : (
            <label title={words.betweenTitle}>
              <input
                type="checkbox"
                checked={memo.between}
                onChange={({ currentTarget }) =>
                  app.update({ memo: { ...memo, between: currentTarget.checked } })
                }
              />
              <span>
                <MathText text={words.between(passed)} />
              </span>
            </label>
          )}
        </div>
      ) : null}
      {stage.stored.length === 0 ? null : (
        <div class="written-memory">
          <h2 class="memo-heading">{words.stored}</h2>
          {stage.stored.length > MOST_STORED ? (
            <p class="quiet">{words.earlier(count(stage.stored.length - MOST_STORED))}</p>
          ) : null}
          <Formulas formulas={stage.stored.slice(-MOST_STORED)} row={{ ...row, stored: true }} />
        </div>
      )}
      <div>
        <h2 class="memo-heading">{words.formulas}</h2>
        <Formulas formulas={stage.formulas} row={row} />
        {stage.omitted > 0 ? <p class="quiet">{words.moreFormulas(count(stage.omitted))}</p> : null}
      </div>
    </section>
  );
}

/** The first of the names that are passed over, with its index left out where all have one: `z`. */
function passedOver(graph: LiveGraph): string {
  const names = Array.from(graph.nodes)
    .filter((node) => node !== graph.of && graph.recording.names.has(node) && isPassedOver(graph, node))
    .filter((node) => graph.useStart[node] < graph.useStart[node + 1])
    .map((node) => graph.recording.names.get(node)!);
  if (names.length === 0) return '';
  const bases = new Set(names.map((name) => /^\p{L}+/u.exec(name)?.[0] ?? name));
  return bases.size === 1 ? nameToText([...bases][0]) : `${nameToText(names[0])}, …`;
}

interface FormulasProps {
  readonly formulas: readonly WrittenFormula[];
  readonly row: Omit<FormulaRowProps, 'formula'>;
}

/** Formulas beside each other as far as there is room; those of about the same length together. */
function Formulas({ formulas, row }: FormulasProps): JSX.Element {
  const groups: { readonly width: number; readonly formulas: WrittenFormula[] }[] = [];
  for (const formula of formulas) {
    const width = row.stored === true ? 26 : widthOf(formula, row.names);
    const last = groups.at(-1);
    if (last === undefined || (row.stored !== true && last.width !== width)) {
      groups.push({ width, formulas: [formula] });
    } else last.formulas.push(formula);
  }
  return (
    <>
      {groups.map(({ width, formulas }) => (
        <ol key={formulas[0].node} class="written-list" style={{ '--formula': `${width}em` }}>
          {formulas.map((formula) => (
            <FormulaRow key={formula.node} {...row} formula={formula} />
          ))}
        </ol>
      ))}
    </>
  );
}

/** About the width of a formula with its value, in the size of its text; in steps, so that like ones are alike. */
function widthOf({ node, products }: WrittenFormula, { title, short }: Names): number {
  const wide = (name: string): number => 0.6 * Array.from(name.replace(/[_^{}]/g, '')).length;
  let width = 13 + wide(title(node));
  for (const { factors, repeated } of products) {
    width += repeated > 0 ? 2.2 : 1.2;
    for (const factor of factors) {
      width +=
        factor.kind === 'stored'
          ? 1.6 + wide(short(factor.node))
          : 1.6 + Math.max(wide(title(factor.of)), wide(title(factor.by)));
    }
  }
  return Math.min(60, 2 * Math.ceil(width / 2));
}
