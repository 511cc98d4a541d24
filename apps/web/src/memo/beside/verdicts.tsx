import type { MemoMessages } from '@backflow/messages';
import { derivativeText, formatNumber, nodeTitle } from '@backflow/print';
import type { JSX } from 'preact';
import type { Ground } from '../race.ts';
import { MathText } from '../../look/math-text.tsx';
import type { Result } from './results.ts';

/** Derivatives that stand here; the table of the page has all of them. */
const SHOWN = 6;
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
  if (results.every(({ value, right }) => value === null && right === null) && results.length > SHOWN)
    return <p class="memo-verdicts" aria-label={label} />;
  const wrong = results.filter(({ right }) => right === false);
  // Of many, the wrong ones first.
  const listed =
    results.length > SHOWN ? [...wrong, ...results.filter((each) => each.right !== false)] : results;
  const rest = results.length - SHOWN;
  const judged = results.some(({ right }) => right !== null);
  return (
    <ul class="memo-verdicts" aria-label={label}>
      {judged && results.length > 1 ? (
        <li class={wrong.length > 0 ? 'wrong' : 'right'}>
          {wrong.length > 0 ? '✗ ' : '✓ '}
          {wrong.length > 0
            ? texts.someWrong(String(wrong.length), String(results.length))
            : texts.allRight(String(results.length))}
        </li>
      ) : null}
      {listed.slice(0, SHOWN).map(({ leaf, value, right }) => (
        <li key={leaf} class={right === null ? '' : right ? 'right' : 'wrong'}>
          <button type="button" onClick={() => onSelect(leaf)}>
            <MathText text={derivativeText(output, nodeTitle(recording, leaf, NAME_LENGTH))} />
            {' = '}
            {value === null ? '—' : number(value)}
          </button>
          {right === null
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
