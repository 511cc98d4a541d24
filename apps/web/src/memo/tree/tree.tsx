import { derivativeText, formatCount, formatNumber } from '@backflow/print';
import {
  foldState,
  mergeAt,
  mergedCopies,
  multiplicationsLeft,
  standIn,
  standingCopies,
  TREE_NODES,
  type FoldPlan,
} from '@backflow/trace';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { MathText } from '../../look/math-text.tsx';
import type { MemoTabProps } from '../contract.ts';
import { stepOf } from '../tab-timeline.ts';
import { CopiesTable } from './copies.tsx';
import { Figure } from './figure.tsx';
import { letteringOf } from './lettering.ts';
import { Counter } from './counter.tsx';
import { foldingOf, nameOrLabel } from './folding.ts';
import { drawnGraph, drawnState, labelOf, shapeOf, type Drawn, type Lettering, type Shape } from './shape.ts';
import './tree.css';

/** Larger graphs are counted and not drawn. */
const GRAPH_NODES = 400;
/** Of larger ones the copies of each node are not counted at every press. */
const COUNTED_NODES = 20_000;

/** The tree of all paths, its copies folded one by one, and the graph that it becomes. */
export function TreeTab({ app, run, texts }: MemoTabProps): JSX.Element {
  const words = texts.tree;
  const digits = app.digits.value;
  const recording = run.shown;
  const known = run.unknown === null;
  const { plan, tree } = foldingOf(run);
  const { graph } = plan;
  const merges = stepOf(app.session.value.memo, 'tree', plan.merges);
  const root = useRef<HTMLElement>(null);
  const lettering = useLettering(root.current, app.session.value.projector);

  const number = (value: number): string => (known ? formatNumber(value, { digits }) : '');
  const count = (value: bigint | number): string => formatCount(value);
  const local = (use: number): string => (known ? `×${formatNumber(graph.local[use], { digits })}` : '');
  const shapesOf = (drawn: Drawn, lettering: Lettering): [Shape, Shape] => [
    shapeOf(recording, drawn, local, lettering),
    shapeOf(recording, drawn, () => '', lettering),
  ];
  const drawable = graph.nodes.length <= GRAPH_NODES;

  const treeShapes = useMemo(() => {
    if (tree === null || lettering === null) return null;
    return shapesOf(drawnState(tree, foldState(tree, merges), number), lettering);
  }, [tree, merges, lettering, digits, known]);
  const meeting = useMemo(() => {
    if (tree === null) return { next: [], fresh: -1 };
    const next = mergedCopies(tree, merges + 1);
    return {
      next: next === null ? [] : [next.goes, next.stays],
      fresh: mergedCopies(tree, merges)?.stays ?? -1,
    };
  }, [tree, merges]);
  const counted = graph.nodes.length <= COUNTED_NODES;
  const copies = useMemo(() => (counted ? standingCopies(plan, merges) : null), [plan, merges, counted]);
  const graphShapes = useMemo(() => {
    if (!drawable || lettering === null) return null;
    const text = (node: number): string =>
      tree === null && copies![node] > 1n ? `${count(copies![node])}×` : number(plan.gradient[node]);
    return shapesOf(drawnGraph(plan, text), lettering);
  }, [plan, lettering, digits, known, tree === null ? copies : null]);

  const [hovered, setHovered] = useState(-1);
  const [full, setFull] = useState(false);
  const [tight, setTight] = useState(false);
  const selected = app.selected.value;
  const lit = hovered >= 0 ? hovered : graph.reached[selected] === 1 ? selected : -1;
  const title = (node: number): string => labelOf(recording, node);
  const output = nameOrLabel(plan, graph.of);
  const left = multiplicationsLeft(plan, merges);
  const figure = {
    lit,
    selected,
    local: graph.local,
    onLight: setHovered,
    onSelect: (node: number) => app.select(node),
  };
  return (
    <section ref={root} class="tree-tab" aria-label={words.label}>
      <Counter
        now={left}
        most={plan.treeEdges}
        least={BigInt(graph.edges)}
        format={count}
        unit={words.multiplications(left === 1n)}
        ends={words.ends(count(plan.treeEdges), count(graph.edges))}
        scale={words.scale}
      />
      <div class={`tree-figures ${tree === null ? 'alone' : ''}`}>
        {treeShapes === null || tree === null ? (
          <p class="quiet tree-note">
            {words.tooLarge(count(plan.treeNodes), count(TREE_NODES))}
            {drawable ? ` ${words.pointAtGraph}` : ''}
          </p>
        ) : (
          <figure class="tree-pane">
            <figcaption>
              <h2 class="memo-heading">
                {merges === 0 ? words.unfolded : merges === plan.merges ? words.folded : words.between}
              </h2>
              {tight ? (
                <button
                  type="button"
                  class="button outlined small"
                  aria-pressed={full}
                  onClick={() => setFull(!full)}
                >
                  {words.full}
                </button>
              ) : null}
            </figcaption>
            <Figure
              {...figure}
              label={words.treeLabel(count(treeShapes[0].ids.length))}
              shapes={treeShapes}
              state={merges}
              standIn={(t, state) => standIn(tree, t, state)}
              full={full}
              next={meeting.next}
              fresh={meeting.fresh}
              onTight={setTight}
            />
          </figure>
        )}
        {graphShapes === null ? (
          <p class="quiet tree-note">{words.graphTooLarge(count(graph.nodes.length), count(GRAPH_NODES))}</p>
        ) : (
          <figure class="graph-pane-small">
            <figcaption>
              <h2 class="memo-heading">{words.graph}</h2>
            </figcaption>
            <Figure
              {...figure}
              label={words.graphLabel(count(graph.nodes.length))}
              shapes={graphShapes}
              state={0}
              standIn={(node) => node}
              full={false}
              {...(tree === null ? turnsAt(plan, merges) : {})}
            />
          </figure>
        )}
      </div>
      <p class="tree-lit" aria-live="polite">
        {lit < 0 || copies === null ? (
          <span class="quiet">{drawable ? <MathText text={words.hint(output)} /> : null}</span>
        ) : (
          <MathText
            text={words.lit(
              title(lit),
              count(graph.paths[lit]),
              count(copies[lit]),
              graph.paths[lit] === 1n,
              known ? `${number(plan.gradient[lit])} = ${derivativeText(output, title(lit))}` : null,
            )}
          />
        )}
      </p>
      {copies === null ? null : (
        <CopiesTable plan={plan} copies={copies} words={words} format={count} title={title} />
      )}
    </section>
  );
}

/** Where the tree cannot be drawn, the graph shows whose copies met last and whose do next. */
function turnsAt(
  plan: FoldPlan,
  merges: number,
): { readonly next: readonly number[]; readonly fresh: number } {
  return {
    next: merges < plan.merges ? [mergeAt(plan, merges + 1).node] : [],
    fresh: merges > 0 ? mergeAt(plan, merges).node : -1,
  };
}

/** The page's font, measured again when its size changes. */
function useLettering(element: HTMLElement | null, projector: boolean): Lettering | null {
  const [, mounted] = useState(false);
  useEffect(() => mounted(true), []);
  return useMemo(() => (element === null ? null : letteringOf(element)), [element, projector]);
}
