import type { NetworkMessages } from '@backflow/messages';
import { formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import type { Answer } from './answer.ts';
import { sentenceOf } from './sentence.ts';
import { shareText } from './share.ts';

type Texts = NetworkMessages['try'];

/** More classes than these are cut to the surest. */
const MOST_ROWS = 20;
const CUT_ROWS = 10;
/** An answer that changes while somebody draws is read out when it has stood so long. */
const STEADY_MS = 900;

interface BarsProps {
  readonly answer: Answer;
  readonly classes: readonly string[];
  readonly wanted: number | null;
  readonly texts: Texts;
  /** Whether all shares add up to 1; null where there are none. */
  readonly addUp: boolean | null;
  /** Whether the shares are probabilities. */
  readonly isShare: boolean;
}

/** What the network answers: a bar for each class, or its numbers; and the same as a sentence. */
export function Bars({ answer, classes, wanted, texts, addUp, isShare }: BarsProps): JSX.Element {
  const digits = useApp().digits.value;
  const sentence = sentenceOf(answer, classes, texts, (value) => formatNumber(value, { digits }));
  const { sure, best, outputs } = answer;
  return (
    <div class="try-bars">
      <p class="try-sentence">{sentence}</p>
      <Steady text={sentence} />
      {sure === null ? (
        <dl class="try-outputs">
          {outputs.length > 1
            ? Array.from(outputs, (value, index) => (
                <div key={index}>
                  <dt>{texts.answer.output(String(index))}</dt>
                  <dd class="number">{formatNumber(value, { digits })}</dd>
                </div>
              ))
            : null}
        </dl>
      ) : (
        <ul>
          {rowsOf(sure).map((index) => (
            <li
              key={index}
              class={`${index === best ? 'best' : ''} ${index === wanted ? 'wanted' : ''}`}
              aria-label={texts.answer.row(classes[index], shareText(sure[index]))}
            >
              <span class="try-class" title={classes[index]}>
                {classes[index]}
              </span>
              <span class="try-track" aria-hidden="true">
                <span class="try-bar" style={{ width: `${100 * clamped(sure[index])}%` }} />
              </span>
              <span class="try-share" aria-hidden="true">
                {shareText(sure[index])}
              </span>
              {index === wanted ? <span class="try-flag">{texts.wanted.label}</span> : null}
            </li>
          ))}
        </ul>
      )}
      {addUp === null || !isShare ? null : (
        <p class="small quiet">{addUp ? texts.answer.shares : texts.answer.each}</p>
      )}
      {isShare ? null : <p class="small quiet">{texts.answer.noShare}</p>}
    </div>
  );
}

const clamped = (share: number): number => (share > 0 ? Math.min(1, share) : 0);

/** All classes in order; of many the surest, these first. */
function rowsOf(sure: Float64Array): number[] {
  const all = Array.from(sure.keys());
  if (all.length <= MOST_ROWS) return all;
  return all.sort((a, b) => sure[b] - sure[a]).slice(0, CUT_ROWS);
}

/** A text for those who listen, once it has stopped changing. */
export function Steady({ text }: { text: string }): JSX.Element {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), STEADY_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p class="hidden-visually" role="status">
      {said}
    </p>
  );
}
