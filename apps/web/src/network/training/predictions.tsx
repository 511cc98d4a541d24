import type { Dataset } from '@backflow/nn';
import { batch, signal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { Icon } from '../../look/icons.tsx';
import type { NetworkTabProps } from '../contract.ts';
import type { Answers } from './answers.ts';
import { paletteOf } from './colours.ts';
import { countText, percent, short } from './figures.ts';
import { areShares } from './response.ts';
import { pixelsOf, Thumbnail } from './thumbnail.tsx';

const FILTERS = ['all', 'wrong', 'train', 'validation'] as const;
export type Filter = (typeof FILTERS)[number];

/** Which examples are listed; kept while the tabs change. */
export interface Choice {
  readonly filter: Signal<Filter>;
  /** Only those of one class that were answered as another. */
  readonly pair: Signal<readonly [number, number] | null>;
  readonly worst: Signal<boolean>;
  readonly page: Signal<number>;
  /** The data that they are chosen from. */
  of: Dataset | null;
}

const choice: Choice = {
  filter: signal<Filter>('all'),
  pair: signal<readonly [number, number] | null>(null),
  worst: signal(false),
  page: signal(0),
  of: null,
};

const ROWS = 12;
const PICTURES = 48;
/** Inputs that are printed. */
const INPUTS = 4;

interface Props extends NetworkTabProps {
  readonly dataset: Dataset;
  readonly answers: Answers | null;
  readonly late: boolean;
}

/** The examples, what is wanted for them and what the network answers. A row leads to its example. */
export function Predictions(props: Props): JSX.Element {
  const { training, network, texts, dataset, answers, late, dark } = props;
  const words = texts.training.predictions;
  const isClasses = dataset.task === 'classification';
  const shareless = isClasses && !areShares(network.network, network.loss!);
  const filter = choice.filter.value;
  const pair = isClasses ? choice.pair.value : null;
  const worst = choice.worst.value;
  const kept = useMemo(() => new Set(training.split.value?.validation ?? []), [training.split.value]);
  const nameOf = (of: number): string => (isClasses ? (dataset.classes[of] ?? String(of)) : short(of));
  const isRight = (i: number): boolean => answers !== null && answers.answer[i] === dataset.y[i];

  useEffect(() => {
    if (choice.of === dataset) return;
    batch(() => {
      choice.of = dataset;
      choice.filter.value = 'all';
      choice.pair.value = null;
      choice.page.value = 0;
    });
  }, [dataset]);

  const list = useMemo(() => {
    const all = Array.from({ length: dataset.size }, (_, i) => i).filter((i) => {
      if (pair !== null && (dataset.y[i] !== pair[0] || answers?.answer[i] !== pair[1])) return false;
      if (filter === 'wrong') return answers !== null && isClasses && !isRight(i);
      return filter === 'all' || kept.has(i) === (filter === 'validation');
    });
    return worst && answers !== null
      ? all.sort((a, b) => badness(dataset, answers, b) - badness(dataset, answers, a))
      : all;
  }, [dataset, answers, filter, pair, worst, kept]);

  const rows = dataset.picture === null ? ROWS : PICTURES;
  const pages = Math.max(1, Math.ceil(list.length / rows));
  const page = Math.min(choice.page.value, pages - 1);
  const shown = list.slice(page * rows, (page + 1) * rows);
  const turn = (to: number): void => void (choice.page.value = Math.max(0, Math.min(pages - 1, to)));
  const wantedOf = (i: number): string => nameOf(dataset.y[i * dataset.targets]);
  const verdict = (i: number): string =>
    isClasses ? (isRight(i) ? words.right : words.wrong) : short(answers?.certainty[i] ?? NaN);
  const label = (i: number): string =>
    answers === null
      ? `${words.example} ${i}`
      : words.open(String(i), wantedOf(i), nameOf(answers.answer[i]), verdict(i));
  const current = training.example.value?.index ?? null;

  return (
    <section class="training-card training-predictions" aria-label={words.label}>
      <header>
        <h2>{words.label}</h2>
        <label>
          <span class="small quiet">{words.show}</span>{' '}
          <select
            class="field"
            value={filter}
            onChange={(event) => {
              choice.filter.value = event.currentTarget.value as Filter;
              choice.page.value = 0;
            }}
          >
            {FILTERS.filter((name) => isClasses || name !== 'wrong').map((name) => (
              <option key={name} value={name}>
                {words.filters[name]}
              </option>
            ))}
          </select>
        </label>
        {pair === null ? null : (
          <button
            type="button"
            class="button outlined"
            aria-label={`${words.pair(nameOf(pair[0]), nameOf(pair[1]))}: ${words.anyPair}`}
            onClick={() => (choice.pair.value = null)}
          >
            {words.pair(nameOf(pair[0]), nameOf(pair[1]))} <Icon name="close" />
          </button>
        )}
        <label class="training-check">
          <input
            type="checkbox"
            checked={worst}
            onChange={(event) => (choice.worst.value = event.currentTarget.checked)}
          />
          {words.sort}
        </label>
      </header>
      {late ? <p class="small quiet">{words.asOf}</p> : null}
      {list.length === 0 ? <p class="quiet">{words.none}</p> : null}
      {dataset.picture !== null ? (
        <ul class="training-pictures">
          {shown.map((i) => (
            <li key={i}>
              <button
                type="button"
                class={`training-picture ${i === current ? 'current' : ''} ${answers !== null && !isRight(i) ? 'wrong' : ''}`}
                aria-label={label(i)}
                aria-current={i === current ? 'true' : undefined}
                onClick={() => training.showExample(i)}
              >
                <Thumbnail {...dataset.picture!} pixels={pixelsOf(dataset, i)} palette={paletteOf(dark)} />
                <span class="small">
                  {wantedOf(i)}
                  {answers === null ? '' : ` → ${nameOf(answers.answer[i])} ${isRight(i) ? '✓' : '✗'}`}
                </span>
                {answers === null || !isClasses ? null : (
                  <span class="small quiet">{percent(answers.certainty[i])}</span>
                )}
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <div class="training-scroll">
          <table class="training-table">
            <thead>
              <tr>
                <th scope="col">{words.example}</th>
                <th scope="col">{words.input}</th>
                <th scope="col">{words.wanted}</th>
                <th scope="col">{words.answer}</th>
                <th scope="col" class="numeric" title={shareless ? texts.training.plane.noShare : undefined}>
                  {isClasses ? words.certainty : words.error}
                </th>
                {isClasses ? <th scope="col">{words.verdict}</th> : null}
              </tr>
            </thead>
            <tbody>
              {shown.map((i) => (
                <tr key={i} class={i === current ? 'current' : ''}>
                  <td>
                    <button
                      type="button"
                      class="button training-link"
                      aria-label={label(i)}
                      aria-current={i === current ? 'true' : undefined}
                      onClick={() => training.showExample(i)}
                    >
                      {i}
                      {i === current ? ' ●' : ''}
                    </button>
                  </td>
                  <td class="number">{inputsText(dataset, i)}</td>
                  <td>{wantedOf(i)}</td>
                  <td>{answers === null ? '—' : nameOf(answers.answer[i])}</td>
                  <td class="numeric">
                    {answers === null
                      ? '—'
                      : isClasses
                        ? percent(answers.certainty[i])
                        : short(answers.certainty[i])}
                  </td>
                  {isClasses ? (
                    <td class={answers !== null && !isRight(i) ? 'wrong' : ''}>
                      {answers === null ? '—' : isRight(i) ? `✓ ${words.right}` : `✗ ${words.wrong}`}
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.length <= rows ? null : (
        <p class="training-pages">
          <button
            type="button"
            class="button outlined"
            aria-label={words.earlier}
            aria-disabled={page === 0 ? 'true' : undefined}
            onClick={() => turn(page - 1)}
          >
            <Icon name="back" />
          </button>
          <span class="small">
            {words.range(
              countText(page * rows + 1),
              countText(page * rows + shown.length),
              countText(list.length),
            )}
          </span>
          <button
            type="button"
            class="button outlined"
            aria-label={words.later}
            aria-disabled={page === pages - 1 ? 'true' : undefined}
            onClick={() => turn(page + 1)}
          >
            <Icon name="forward" />
          </button>
        </p>
      )}
    </section>
  );
}

/** How far off an answer is: wrong ones before right ones, the surest first among them. */
function badness(dataset: Dataset, { answer, certainty }: Answers, i: number): number {
  if (dataset.task === 'regression') return Math.abs(certainty[i]);
  return answer[i] === dataset.y[i] ? -certainty[i] : 1 + certainty[i];
}

function inputsText({ x, inputs, scale }: Dataset, i: number): string {
  const numbers = Array.from({ length: Math.min(inputs, INPUTS) }, (_, k) =>
    short(x[i * inputs + k] * scale),
  );
  return numbers.join(', ') + (inputs > INPUTS ? ', …' : '');
}

interface ConfusionProps extends Pick<NetworkTabProps, 'texts'> {
  readonly dataset: Dataset;
  readonly answers: Answers | null;
}

/** What is taken for what: rows are wanted, columns answered. */
export function Confusion({ texts, dataset, answers }: ConfusionProps): JSX.Element | null {
  const words = texts.training.confusion;
  const { classes, size } = dataset;
  const counts = useMemo(() => {
    const many = classes.length;
    const table = new Int32Array(many * many);
    if (answers !== null) for (let i = 0; i < size; i++) table[dataset.y[i] * many + answers.answer[i]]++;
    return table;
  }, [dataset, answers]);
  if (classes.length < 2) return null;
  const most = Math.max(1, ...counts);
  const pair = choice.pair.value;
  return (
    <section class="training-card" aria-label={words.label}>
      <header>
        <h2>{words.label}</h2>
      </header>
      <div class="training-scroll">
        <table class="training-table training-confusion">
          <thead>
            <tr>
              <th scope="col">{words.wanted}</th>
              {classes.map((name) => (
                <th key={name} scope="col" class="numeric">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map((wanted, w) => (
              <tr key={wanted}>
                <th scope="row">{wanted}</th>
                {classes.map((answered, a) => {
                  const count = counts[w * classes.length + a];
                  const isChosen = pair !== null && pair[0] === w && pair[1] === a;
                  return (
                    <td key={answered} class={w === a ? 'right' : count > 0 ? 'wrong' : ''}>
                      {count === 0 ? (
                        <span class="quiet">·</span>
                      ) : (
                        <button
                          type="button"
                          class="button"
                          style={{ '--share': String(Math.sqrt(count / most)) }}
                          aria-pressed={isChosen}
                          aria-label={words.cell(countText(count), wanted, answered)}
                          onClick={() =>
                            batch(() => {
                              choice.pair.value = isChosen ? null : [w, a];
                              choice.filter.value = 'all';
                              choice.page.value = 0;
                            })
                          }
                        >
                          {count}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="small quiet">{words.about}</p>
    </section>
  );
}
