import { largestPaths } from '@backflow/graph';
import { formatCount, nameToText, nodeTitle } from '@backflow/print';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { MathText } from '../look/math-text.tsx';
import { NumberText } from '../look/number.tsx';
import { panelTexts } from '../look/panel-texts.ts';
import type { Run } from '../state/run.ts';

const MOST = 20;
/** Nodes of a path that are named; the middle of a longer one is left out. */
const NAMED = 8;

/** Every way from a node to the output with the product of its slopes: the largest ones, and what all give together. */
export function Paths({ run, node }: { run: Run; node: number }): JSX.Element {
  const app = useApp();
  const texts = panelTexts(app).inspector;
  const { of } = run.trace;
  const { paths, count, total } = useMemo(() => largestPaths(run.shown, node, of, MOST), [run, node]);
  const output = nameOf(run, of);
  if (count === 0n) return <p class="quiet">{texts.noPaths}</p>;
  const listed = paths.reduce((sum, { product }) => sum + product, 0);
  const lit = app.litPath.value;
  return (
    <>
      <h3>
        <MathText text={texts.paths(output)} />
      </h3>
      <p class="small quiet">
        <span title={formatCount(count, { exact: Infinity })}>{texts.pathCount(formatCount(count))}</span>
        {count > BigInt(paths.length) ? ` ${texts.largest(paths.length, formatCount(count))}` : ''}
      </p>
      <ul class="paths">
        {paths.map((path) => {
          const id = `${path.nodes.join()} ${path.slots.join()}`;
          const on = lit === path;
          const show = (): void => void (app.litPath.value = path);
          const hide = (): void => void (app.litPath.value = null);
          return (
            <li key={id}>
              <button
                type="button"
                class={`path ${on ? 'lit' : ''}`}
                title={texts.showPath}
                onPointerEnter={show}
                onPointerLeave={hide}
                onFocus={show}
                onBlur={hide}
                onClick={show}
              >
                <span class="way">
                  <MathText text={wayOf(run, path.nodes)} />
                </span>
                <NumberText value={path.product} signed />
              </button>
            </li>
          );
        })}
        {count > BigInt(paths.length) ? (
          <li class="path-sum quiet">
            <span>{texts.pathRest}</span>
            <NumberText value={total - listed} signed />
          </li>
        ) : null}
        <li class="path-sum">
          <span>{texts.pathTotal}</span>
          <NumberText value={total} signed />
        </li>
      </ul>
    </>
  );
}

function wayOf(run: Run, nodes: readonly number[]): string {
  const names = nodes.map((node) => nameOf(run, node));
  if (names.length <= NAMED) return names.join(' → ');
  return [...names.slice(0, NAMED / 2), '…', ...names.slice(-NAMED / 2)].join(' → ');
}

function nameOf(run: Run, node: number): string {
  const name = run.shown.names.get(node);
  return name === undefined ? nodeTitle(run.shown, node, 14) : nameToText(name);
}
