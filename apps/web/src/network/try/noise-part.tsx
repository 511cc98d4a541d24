import type { Dataset, LossSpec } from '@backflow/nn';
import type { NetworkMessages } from '@backflow/messages';
import { formatCount } from '@backflow/print';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Response } from '../training/response.ts';
import { answerOf, confidenceOf } from './answer.ts';
import { Steady } from './bars.tsx';
import { noiseInto, surveyNoise } from './noise.ts';
import { PixelPicture } from './pixel-picture.tsx';
import { shareText } from './share.ts';
import type { TryState } from './try-state.ts';

const MANY = 100;
const MOST = 1_000;

interface NoisePartProps {
  readonly state: TryState;
  readonly dataset: Dataset;
  readonly response: Response;
  readonly loss: LossSpec;
  readonly trained: boolean;
  readonly texts: NetworkMessages['try'];
  readonly onShow: (x: Float64Array) => void;
}

/** How sure the network is of pictures that show nothing. */
export function NoisePart(props: NoisePartProps): JSX.Element {
  const { state, dataset, response, loss, trained, texts, onShow } = props;
  const words = texts.noise;
  const { seed, count } = state.noise.value;
  const { width, height, signed } = dataset.picture!;
  const { classes } = dataset;
  const few = state.sketch === null;
  const survey = useMemo(
    () => surveyNoise(response, loss, dataset, seed, count),
    [response, loss, dataset, seed, count],
  );
  const x = useMemo(() => {
    const into = new Float64Array(dataset.inputs);
    noiseInto(seed, count - 1, signed, into);
    return into;
  }, [dataset, seed, count]);
  const answer = answerOf(response, loss, dataset, x);
  const top = confidenceOf(answer);
  const sentence = (top >= 0.5 ? words.sure : words.unsure)(classes[answer.best], shareText(top));
  const verdict = survey.mean >= 0.8 ? 'high' : survey.mean >= 0.5 ? 'middle' : 'low';
  const more = (by: number): void => {
    state.noise.value = { seed, count: Math.min(MOST, count + by) };
  };
  const most = Math.max(...survey.named);
  return (
    <section class="try-noise" aria-label={words.label}>
      <h2>{words.label}</h2>
      <p class="small quiet">{few ? words.aboutFew : words.about}</p>
      <div class="try-noise-now">
        <PixelPicture
          values={x}
          low={signed ? -1 : 0}
          width={width}
          height={height}
          label={words.picture(formatCount(count))}
          box={null}
        />
        <div>
          <p class="small quiet">
            {words.picture(formatCount(count))}, {words.seed(String(seed))}
          </p>
          <p class="try-sentence">{sentence}</p>
          <Steady text={sentence} />
          {trained && few ? null : <p class="small">{trained ? words.verdicts[verdict] : texts.untrained}</p>}
        </div>
      </div>
      <div class="try-tools">
        <button type="button" class="button outlined" disabled={count >= MOST} onClick={() => more(1)}>
          {words.next}
        </button>
        <button type="button" class="button outlined" disabled={count >= MOST} onClick={() => more(MANY)}>
          {words.many(MANY)}
        </button>
        <button
          type="button"
          class="button outlined"
          onClick={() => (state.noise.value = { seed: seed + 1, count: 1 })}
        >
          {words.again}
        </button>
        <button type="button" class="button outlined" onClick={() => onShow(x)}>
          {words.show}
        </button>
      </div>
      <dl class="try-facts">
        <div>
          <dt>{words.count}</dt>
          <dd>{formatCount(count)}</dd>
        </div>
        <div>
          <dt>{words.mean}</dt>
          <dd>{shareText(survey.mean)}</dd>
        </div>
        <div>
          <dt>{words.surest}</dt>
          <dd>
            {words.surestOf(
              classes[survey.surest.class],
              shareText(survey.surest.confidence),
              formatCount(survey.surest.index + 1),
            )}
          </dd>
        </div>
      </dl>
      {classes.length > MANY ? null : (
        <>
          <h3>{words.named}</h3>
          <ul class="try-columns">
            {classes.map((name, index) => (
              <li key={name} aria-label={words.times(name, formatCount(survey.named[index]))}>
                <span aria-hidden="true">{formatCount(survey.named[index])}</span>
                <span
                  class="try-column"
                  aria-hidden="true"
                  style={{ height: `${(3 * survey.named[index]) / most}em` }}
                />
                <span aria-hidden="true" title={name}>
                  {name}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
