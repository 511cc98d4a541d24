import { derivativeText, formatCount, nameToText } from '@backflow/print';
import {
  isPassedOver,
  liveGraphOf,
  namedGraphOf,
  weightLeaves,
  writeOut,
  writtenMultiplications,
  writtenStage,
  type LiveGraph,
  type Written,
  type WrittenFormula,
  type WrittenStage,
} from '@backflow/trace';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { MathText } from '../../look/math-text.tsx';
import type { MemoTabProps } from '../contract.ts';
import { usePresses } from '../tree/play.ts';
import { Counter, PressControls } from '../tree/presses.tsx';
import { labelOf } from '../tree/shape.ts';
import { FormulaRow, type FormulaRowProps, type Names } from './formula.tsx';
import { shortNames } from './names.ts';
import './written.css';

/** Programs of more uses are not written out. */
const MOST_USES = 20_000;
/** Stored derivatives that are listed: the latest ones. */
const MOST_STORED = 60;

/** The chain rule over all paths, formula by formula, and what storing its repeated factors saves. */
export function WrittenTab(props: MemoTabProps): JSX.Element {
  const { run, texts } = props;
  const graph = useMemo(() => liveGraphOf(run.shown, run.trace.of), [run.shown, run.trace.of]);
  if (graph.edges > MOST_USES) {
    return (
      <p class="written-note">{texts.written.tooLarge(formatCount(graph.edges), formatCount(MOST_USES))}</p>
    );
  }
  if (graph.edges === 0) return <p class="written-note">{texts.written.none}</p>;
  return <WrittenOut {...props} graph={graph} />;
}

function WrittenOut({ run, texts, graph }: MemoTabProps & { readonly graph: LiveGraph }): JSX.Element {
  const words = texts.written;
  const [allLeaves, setAllLeaves] = useState(false);
  const [allNames, setAllNames] = useState(false);
  const [lit, setLit] = useState(-1);
  const written = useMemo(
    () => writeOut(namedGraphOf(graph, { all: allNames, ...(allLeaves ? { leaves: graph.leaves } : {}) })),
    [graph, allLeaves, allNames],
  );
  const { order, leaves } = written;
  const presses = usePresses(order.length, `${graph.edges} ${leaves.length} ${written.named.nodes.length}`);
  const stage = useMemo(() => writtenStage(written, presses.at), [written, presses.at]);
  const most = useMemo(() => writtenMultiplications(written, 0), [written]);
  const least = useMemo(() => writtenMultiplications(written, order.length), [written]);
  const names = useMemo(() => namesOf(written), [written]);
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
      <div class="written-tools">
        <PressControls presses={presses} words={words.presses} format={count} keys={['F', 'U']} />
        {inputs ? (
          <label title={words.allTitle}>
            <input
              type="checkbox"
              checked={allLeaves}
              onChange={(event) => setAllLeaves(event.currentTarget.checked)}
            />
            {words.all}
          </label>
        ) : null}
        {passed === '' ? null : (
          <label title={words.betweenTitle}>
            <input
              type="checkbox"
              checked={allNames}
              onChange={(event) => setAllNames(event.currentTarget.checked)}
            />
            <span>
              <MathText text={words.between(passed)} />
            </span>
          </label>
        )}
      </div>
      <p class="written-says" aria-live={presses.playing ? 'off' : 'polite'}>
        <MathText text={sentenceOf(written, stage, names, words, count)} />
      </p>
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

function namesOf({ named, order }: Written): Names {
  const { recording, of } = named.graph;
  const stored = order.map((v) => named.nodes[v]);
  const short = shortNames(stored.map((node) => recording.names.get(node) ?? labelOf(recording, node)));
  const rank = new Map(stored.map((node, index) => [node, index]));
  return {
    output: labelOf(recording, of),
    title: (node) => labelOf(recording, node),
    short: (node) => short[rank.get(node)!],
    rank: (node) => rank.get(node)!,
  };
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

/** What the last press did, and what the next one will do. */
function sentenceOf(
  written: Written,
  stage: WrittenStage,
  { output, title, short }: Names,
  words: MemoTabProps['texts']['written'],
  count: (value: bigint) => string,
): string {
  if (written.order.length === 0) return words.nothing;
  const derivative = (node: number): string => derivativeText(output, title(node));
  const said: string[] = [];
  const last = stage.stored.at(-1);
  if (last !== undefined) {
    const saved = writtenMultiplications(written, stage.presses - 1) - stage.multiplications;
    said.push(words.did(short(last.node), derivative(last.node), saved === 0n ? null : count(saved)));
  }
  said.push(
    stage.next === null
      ? words.done(count(stage.multiplications))
      : words.next(derivative(stage.next.node), count(stage.next.times), short(stage.next.node)),
  );
  return said.join(' ');
}
