import type { Claim } from '@backflow/notes';
import { formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { Icon } from '../look/icons.tsx';
import { MathText } from '../look/math-text.tsx';
import { narrow } from '../look/media.ts';
import { Typeset } from '../look/typeset.tsx';
import type { NotesState } from './desk.ts';
import { isConventional, type Judged } from './judged.ts';
import { claimLatex, isLatex, textLatex } from './latex.ts';
import { LineButton } from './line-button.tsx';
import { programsNumber } from './places.ts';
import { SIGNS } from './signs.ts';
import { reasonOf, repairsOf, said, sentenceOf, statedOf, truthOf } from './words.ts';

interface CardProps {
  readonly state: NotesState;
  readonly found: Judged;
}

/** The explanation of one line: where to look, then why, then what is right, one press each. */
export function Card({ state, found }: CardProps): JSX.Element | null {
  const texts = state.texts.value;
  const line = state.opened.value;
  if (line === null) return null;
  const claims = line.claims.map((index) => ({ index, claim: found.report.claims[index] }));
  const latex = claims.some(({ claim }) => isLatex(claim.text));
  return (
    <div class="notes-card" data-verdict={line.verdict} role="region" aria-label={texts.page.line(line.line)}>
      <div class="notes-card-head">
        <h2>
          <span class={`sign ${line.verdict}`} aria-hidden="true">
            {SIGNS[line.verdict]}
          </span>{' '}
          {texts.page.line(line.line)}: {texts.verdicts[line.verdict]}
        </h2>
        <button type="button" class="button" onClick={() => state.next()}>
          {texts.page.next}
        </button>
        <button type="button" class="button" aria-label={texts.page.close} onClick={() => state.close()}>
          <Icon name="close" />
        </button>
      </div>
      <ul class={latex ? 'notes-claims typeset' : 'notes-claims'}>
        {claims.length < 2 && !latex
          ? null
          : claims.map(({ index, claim }) => (
              <li key={index} class={index === line.worst ? 'worst' : undefined}>
                <span
                  class={`sign ${found.verdicts[index]}`}
                  aria-label={texts.verdicts[found.verdicts[index]]}
                  role="img"
                >
                  {SIGNS[found.verdicts[index]]}
                </span>
                {latex ? (
                  <Typeset text={claim.text} latex={claimLatex(claim.text)} />
                ) : (
                  <code>{claim.text}</code>
                )}
              </li>
            ))}
      </ul>
      <div aria-live="polite">
        <Explanation state={state} found={found} index={line.worst} />
        {repairsOf(
          claims.flatMap(({ claim }) => claim.repairs),
          texts,
        ).map((text) => (
          <p key={text} class="quiet">
            <MathText text={text} />
          </p>
        ))}
      </div>
    </div>
  );
}

function Explanation({ state, found, index }: CardProps & { readonly index: number }): JSX.Element {
  const texts = state.texts.value;
  const claim = found.report.claims[index];
  const verdict = found.verdicts[index];
  const level = state.levelOf(index);
  const remarks = claim.remarks.flatMap(({ code, data }) => said(texts.remarks, code, data) ?? []);
  const parts: JSX.Element[] = [];
  const origin = originOf(found, index);
  let ask: string | null = null;
  switch (verdict) {
    case 'wrong':
      if (level === 0) {
        const lit = state.ground.value !== null && claim.about !== null;
        parts.push(<p>{lit ? texts.page.lookAt : texts.page.lookHere}</p>);
        ask = texts.page.why;
      } else {
        parts.push(<Reasons state={state} claim={claim} whole={level === 2} />);
        if (level === 1) ask = texts.page.rightNumber;
        else parts.push(<Right state={state} claim={claim} />);
      }
      break;
    case 'follows':
      parts.push(
        origin === null ? (
          <p>{texts.page.followsFromSome}</p>
        ) : (
          <p>
            {texts.page.followsFrom} <LineButton state={state} line={found.report.claims[origin].line} />.
          </p>
        ),
      );
      if (level === 0) ask = texts.page.rightNumber;
      else parts.push(<Right state={state} claim={claim} />);
      break;
    case 'rounded':
      parts.push(<Reasons state={state} claim={claim} whole />);
      break;
    case 'right':
      if (claim.scope === 'everywhere') parts.push(<p>{texts.page.everywhere}</p>);
      if (claim.convention !== null)
        parts.push(<p>{texts.page.byConvention(texts.conventions[claim.convention])}</p>);
      break;
    case 'unknown':
      if (remarks.length === 0) parts.push(<p>{texts.page.notJudged}</p>);
  }
  return (
    <>
      {parts}
      {remarks.map((remark) => (
        <p key={remark} class={verdict === 'unknown' ? undefined : 'quiet'}>
          <MathText text={remark} />
        </p>
      ))}
      <div class="actions">
        {ask === null ? null : (
          <button type="button" class="button outlined" onClick={() => state.more()}>
            {ask}
          </button>
        )}
        {narrow.value && state.ground.value !== null ? (
          <button
            type="button"
            class="button outlined"
            onClick={() => state.app.update({ tab: 'graph', mode: 'graph' })}
          >
            {texts.page.showGraph}
          </button>
        ) : null}
      </div>
    </>
  );
}

/** The claim with which a slip began that this one inherits; null where that is not known. */
function originOf({ report }: Judged, index: number): number | null {
  let at = index;
  for (let next = report.claims[at].inherits; next !== null && next < at; next = report.claims[at].inherits)
    at = next;
  return at === index ? null : at;
}

/** Other mistakes that give the same are told, but not all of them. */
const MOST = 3;

function Reasons({
  state,
  claim,
  whole,
}: {
  readonly state: NotesState;
  readonly claim: Claim;
  /** Also what is right. */
  readonly whole: boolean;
}): JSX.Element {
  const texts = state.texts.value;
  const say = whole ? sentenceOf : reasonOf;
  const [first, ...others] = claim.mistakes;
  if (isConventional(claim) && claim.convention !== null)
    return <p>{texts.page.byConvention(texts.conventions[claim.convention])}</p>;
  if (first === undefined) return <p>{texts.page.noReason}</p>;
  return (
    <>
      <p class="reason">
        <MathText text={say(first, texts)} />
      </p>
      {claim.verdict === 'wrong' && claim.scope === 'point' ? <p>{texts.page.pointOnly}</p> : null}
      {others.length === 0 ? null : (
        <>
          <p class="quiet">{texts.page.or}</p>
          <ul class="others">
            {others.slice(0, MOST).map((mistake) => (
              <li key={mistake.id}>
                <MathText text={say(mistake, texts)} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Right({ state, claim }: { readonly state: NotesState; readonly claim: Claim }): JSX.Element | null {
  const texts = state.texts.value.page;
  const digits = state.app.digits.value;
  const ground = state.ground.value;
  if (isConventional(claim)) {
    const number = ground === null ? null : programsNumber(ground, claim);
    return number === null ? null : <p class="truth">{texts.programHas(formatNumber(number, { digits }))}</p>;
  }
  const truth = truthOf(claim, digits);
  if (truth === null) return null;
  // The claim itself stands above.
  if (typeof claim.truth === 'string' && isLatex(claim.text)) {
    const [before, behind] = texts.isRight('\n').split('\n');
    return (
      <p class="truth">
        {before}
        <Typeset text={truth} latex={textLatex(truth)} />
        {behind}
      </p>
    );
  }
  const stated = statedOf(claim, digits);
  return (
    <p class="truth">
      <MathText text={stated === null ? texts.isRight(truth) : texts.isRightFor(stated, truth)} />
    </p>
  );
}
