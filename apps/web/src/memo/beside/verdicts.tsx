import type { MemoMessages } from '@backflow/messages';
import { derivativeText, formatNumber, nodeTitle } from '@backflow/print';
import type { JSX } from 'preact';
import type { Ground } from '../race.ts';
import { MathText } from '../../look/math-text.tsx';
import type { Result } from './results.ts';

/** So many derivatives are all shown; of more, the first few, the wrong ones before the others. */
export const ALL = 4;
const FEW = 3;
const NAME_LENGTH = 12;

interface VerdictsProps {
  readonly label: string;
  readonly results: readonly Result[];
  readonly ground: Ground;
  readonly digits: number;
  readonly texts: MemoMessages['beside'];
  readonly onSelect: (node: number) => void;
}

/** The derivatives by the leaves; once the run is through, whether they are right. */
export function Verdicts(props: VerdictsProps): JSX.Element {
  const { label, results, ground, digits, texts, onSelect } = props;
  const { recording, of } = ground.graph;
  const output = nodeTitle(recording, of, NAME_LENGTH);
  const number = (value: number): string => formatNumber(value, { digits });
  const wrong = results.filter(({ right }) => right === false);
  const count = ground.graph.leaves.length;
  const many = count > ALL;
  const listed = many ? [...wrong, ...results.filter(({ right }) => right !== false)].slice(0, FEW) : results;
  const rest = count - listed.length;
  const judged = results.some(({ right }) => right !== null);
  return (
    <ul class="memo-verdicts" data-many={many ? '' : undefined} aria-label={label}>
      {judged && many ? (
        <li class={wrong.length > 0 ? 'wrong' : 'right'}>
          {wrong.length > 0 ? '✗ ' : '✓ '}
          {wrong.length > 0
            ? texts.someWrong(String(wrong.length), String(count))
            : texts.allRight(String(count))}
        </li>
      ) : null}
      {listed.map(({ leaf, value, right }) => (
        <li key={leaf} class={right === null ? '' : right ? 'right' : 'wrong'}>
          <button type="button" onClick={() => onSelect(leaf)}>
            <MathText text={derivativeText(output, nodeTitle(recording, leaf, NAME_LENGTH))} />
            {' = '}
            {value === null ? '—' : number(value)}
          </button>
          {right === null || (right && many)
            ? null
            : right
              ? ` ✓ ${texts.isRight}`
              : ` ✗ ${texts.isWrong(number(ground.truth[leaf]))}`}
        </li>
      ))}
      {rest > 0 ? <li class="quiet">{texts.others(String(rest))}</li> : null}
    </ul>
  );
}
