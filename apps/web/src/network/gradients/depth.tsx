import {
  ACTIVATIONS,
  depthExperiment,
  factorPerLayer,
  INITIALIZERS,
  steepest,
  type ActivationName,
  type DepthResult,
  type InitializerName,
} from '@backflow/nn';
import type { NetworkMessages } from '@backflow/messages';
import { formatNumber } from '@backflow/print';
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { MathText } from '../../look/math-text.tsx';
import { LogPlot, type LogLine } from './log-plot.tsx';
import { ScrollBox } from './scroll-box.tsx';
import { inSlices } from './slices.ts';
import { DEPTHS } from './view.ts';

type Words = NetworkMessages['gradients']['layers'];

const trial = signal<{ activation: ActivationName; init: InitializerName; width: number; seed: number }>({
  activation: 'sigmoid',
  init: 'xavier',
  width: 8,
  seed: 1,
});
const TRIED = ACTIVATIONS.filter((name) => name !== 'softmax' && name !== 'step');
const WIDTHS = [1, 4, 8, 16, 32] as const;

/** Networks of 2, 10, 20 and 100 layers beside each other. */
export function Depth({ words }: { words: Words }): JSX.Element {
  const { activation, init, width, seed } = trial.value;
  const set = (next: Partial<typeof trial.value>): void => {
    trial.value = { ...trial.peek(), ...next };
  };
  const [results, setResults] = useState<readonly DepthResult[]>([]);
  useEffect(() => {
    function* work(): Generator<number, DepthResult[]> {
      const found: DepthResult[] = [];
      for (const depth of DEPTHS) {
        found.push(depthExperiment({ depth, width, activation, init, seed }));
        yield found.length;
      }
      return found;
    }
    return inSlices(work(), setResults);
  }, [activation, init, width, seed]);
  const number = (x: number): string => formatNumber(x, { digits: 2 });
  const lines = results.map(({ chain }, i): LogLine => ({
    id: `d${i}`,
    label: words.depthOf(chain.length - 1),
    points: chain.map(({ gradients }, at) => ({ x: at - chain.length + 1, y: gradients.rms })),
  }));
  const slope = steepest(activation);
  return (
    <section class="layers-depth">
      <h2>{words.depth}</h2>
      <p class="gradients-about">{words.depthAbout}</p>
      <div class="gradients-tools">
        <label>
          {words.activation}{' '}
          <select
            class="field"
            value={activation}
            onChange={(event) => set({ activation: event.currentTarget.value as ActivationName })}
          >
            {TRIED.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          {words.init}{' '}
          <select
            class="field"
            value={init}
            onChange={(event) => set({ init: event.currentTarget.value as InitializerName })}
          >
            {INITIALIZERS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          {words.width}{' '}
          <select
            class="field"
            value={String(width)}
            onChange={(event) => set({ width: Number(event.currentTarget.value) })}
          >
            {WIDTHS.map((each) => (
              <option key={each} value={String(each)}>
                {each}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.seed}{' '}
          <input
            class="field layers-seed"
            type="number"
            min={0}
            step={1}
            value={seed}
            onInput={(event) => {
              const next = event.currentTarget.valueAsNumber;
              if (Number.isSafeInteger(next) && next >= 0) set({ seed: next });
            }}
          />
        </label>
      </div>
      {results.length === 0 ? null : (
        <>
          <LogPlot label={words.depthPlot} lines={lines} xLabel={words.fromLast} />
          <ScrollBox label={words.depth}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.layersColumn}</th>
                  <th scope="col" class="numeric">
                    {words.ratioColumn}
                  </th>
                  <th scope="col" class="numeric">
                    {words.slopesColumn}
                  </th>
                  <th scope="col" class="numeric">
                    {words.weightsColumn}
                  </th>
                  <th scope="col" class="numeric">
                    {words.boundColumn(formatNumber(slope))}
                  </th>
                  <th scope="col" class="numeric">
                    {words.perLayerColumn}
                  </th>
                  <th scope="col">{words.verdictColumn}</th>
                </tr>
              </thead>
              <tbody>
                {results.map(({ chain, ratio, slopes, weights, bound, verdict, cause }) => (
                  <tr key={chain.length}>
                    <th scope="row">{chain.length - 1}</th>
                    <td class="numeric">{number(ratio)}</td>
                    <td class="numeric">{number(slopes)}</td>
                    <td class="numeric">{Number.isNaN(weights) ? '—' : number(weights)}</td>
                    <td class="numeric">{number(bound)}</td>
                    <td class="numeric">
                      {formatNumber(factorPerLayer(ratio, chain.length - 1), { digits: 3 })}
                    </td>
                    <td>
                      {words.verdicts[verdict]} {cause === null ? '' : words.causes[cause]}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
          <p class="layers-advice">{words.advice[activation as keyof Words['advice']] ?? ''}</p>
          <Notes words={words} />
        </>
      )}
    </section>
  );
}

/** The factors of the slope bound, and of what is said in many notes: 10⁻ⁿ. */
function Notes({ words }: { words: Words }): JSX.Element {
  const slope = steepest('sigmoid');
  const number = (x: number): string => formatNumber(x, { digits: 2 });
  let few = 1;
  while (slope ** few >= 1e-3) few++;
  return (
    <details class="gradients-more">
      <summary>{words.notes}</summary>
      <p>
        <MathText
          text={words.notesBound(
            formatNumber(slope ** 3, { digits: 3 }),
            few,
            formatNumber(slope ** few, { digits: 3 }),
          )}
        />
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.layersColumn}</th>
            <th scope="col" class="numeric">
              0.25<sup>n</sup>
            </th>
            <th scope="col" class="numeric">
              10<sup>−n</sup>
            </th>
            <th scope="col" class="numeric">
              {words.needed}
            </th>
          </tr>
        </thead>
        <tbody>
          {DEPTHS.slice(1).map((depth) => (
            <tr key={depth}>
              <th scope="row">{depth}</th>
              <td class="numeric">{number(slope ** depth)}</td>
              <td class="numeric">{number(Number(`1e-${depth}`))}</td>
              <td class="numeric">
                {formatNumber(factorPerLayer(Number(`1e-${depth}`), depth), { digits: 2 })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{words.notesNeeded}</p>
    </details>
  );
}
