import { parameterCount } from '@backflow/nn';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { NetworkTabProps } from '../contract.ts';
import { madeHere } from '../training/untrained.ts';
import { areShares, Response } from '../training/response.ts';
import { answerOf, sharesAddUp } from './answer.ts';
import { Bars } from './bars.tsx';
import { Drawing } from './drawing.tsx';
import { Fields } from './fields.tsx';
import { boxOf } from './ink.ts';
import { NoisePart } from './noise-part.tsx';
import { PixelPicture } from './pixel-picture.tsx';
import { Pixels } from './pixels.tsx';
import { tryStateOf } from './try-state.ts';
import { Wanted } from './wanted.tsx';
import './try.css';

/** The graph gets an input that the reader has left alone for so long. */
const SETTLED_MS = 150;

/** Inputs of the reader's own, drawn, pressed or typed, and noise: what the network answers, and how sure it is. */
export function TryTab({ network, training, texts: all }: NetworkTabProps): JSX.Element {
  const texts = all.try;
  const dataset = training.dataset.value;
  const parameters = training.parameters.value;
  const response = useMemo(() => new Response(network.network, parameters), [network.network, parameters]);
  const [inputs] = network.network.sizes;
  const waits = training.state.value === 'waiting';
  const comes = training.state.value !== 'none' || madeHere(network.data) !== null;
  const fits = dataset === null ? network.data === null || !comes : dataset.inputs === inputs;
  if (!fits || parameters.length !== parameterCount(network.network)) {
    return <p class="try-none">{waits ? texts.waiting : texts.preparing}</p>;
  }
  return <Ready network={network} training={training} texts={texts} response={response} />;
}

interface ReadyProps extends Pick<NetworkTabProps, 'network' | 'training'> {
  readonly texts: NetworkTabProps['texts']['try'];
  readonly response: Response;
}

function Ready({ network, training, texts, response }: ReadyProps): JSX.Element {
  const dataset = training.dataset.value;
  const { loss } = network;
  const [inputs] = network.network.sizes;
  const state = tryStateOf(training, dataset, inputs);
  const { sketch } = state;
  const picture = dataset?.picture ?? null;
  const signed = picture?.signed ?? false;
  const low = signed ? -1 : 0;
  const typed = state.input.value;
  const drawn = sketch?.changes.value;
  const centre = sketch?.centre.value;
  const x = useMemo(() => {
    if (sketch === null) return typed;
    const brightness = sketch.pixels();
    return signed ? brightness.map((value) => 2 * value - 1) : brightness;
  }, [sketch, typed, drawn, centre, signed]);
  const wanted = state.wanted.value;
  const changes = state.changes.value;
  const shown = training.example.value;
  if (shown !== null && shown.index !== null) state.example = shown.index;

  useEffect(() => {
    if (changes === state.published) return undefined;
    const timer = setTimeout(() => {
      state.published = changes;
      training.showOwn(x, wanted === null ? undefined : Float64Array.of(wanted));
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [state, changes, x, wanted]);

  const changed = (): void => {
    state.changes.value++;
  };
  const enter = (next: Float64Array): void => {
    state.input.value = next;
    changed();
  };
  const takeExample = (): void => {
    if (dataset === null) return;
    const start = state.example * inputs;
    enter(Float64Array.from({ length: inputs }, (_, k) => dataset.x[start + k] * dataset.scale));
  };

  const answer = answerOf(response, loss, dataset, x);
  const trained = training.progress.value.step > 0 || training.epochs.value.length > 1;
  const classified = answer.sure !== null && loss !== null;
  const like = picture === null ? texts.fields : texts.pixels;
  return (
    <div class="try">
      <section class="try-input" aria-label={labelOf(texts, sketch !== null, picture !== null)}>
        {sketch !== null ? (
          <Drawing sketch={sketch} texts={texts.draw} onChange={changed} />
        ) : (
          <>
            {picture !== null ? (
              <>
                <Pixels
                  input={typed}
                  width={picture.width}
                  signed={signed}
                  texts={texts.pixels}
                  onChange={enter}
                />
                <p class="small quiet">{texts.pixels.hint}</p>
              </>
            ) : (
              <Fields dataset={dataset} input={typed} texts={texts.fields} onChange={enter} />
            )}
            {dataset === null ? null : (
              <button type="button" class="button outlined" onClick={takeExample}>
                {like.like(String(state.example))}
              </button>
            )}
          </>
        )}
      </section>
      <section class="try-answer" aria-label={texts.answer.label}>
        <h2>{texts.answer.label}</h2>
        {trained ? null : <p class="small try-untrained">{texts.untrained}</p>}
        {sketch?.isEmpty === true ? <p class="small quiet">{texts.draw.empty}</p> : null}
        <Bars
          answer={answer}
          classes={dataset?.classes ?? []}
          wanted={wanted}
          texts={texts}
          addUp={classified ? sharesAddUp(network.network, loss) : null}
          isShare={classified ? areShares(network.network, loss) : true}
        />
      </section>
      {sketch === null ? null : (
        <section class="try-seen" aria-label={texts.draw.seen}>
          <h2>{texts.draw.seen}</h2>
          <div class="try-seen-row">
            <PixelPicture
              values={x}
              low={low}
              width={sketch.width}
              height={sketch.height}
              label={texts.draw.seen}
              box={centre === true ? boxOf(sketch.width, sketch.height) : null}
            />
            <div>
              <label class="try-centre">
                <input
                  type="checkbox"
                  checked={centre}
                  onChange={({ currentTarget }) => {
                    sketch.centre.value = currentTarget.checked;
                    if (!sketch.isEmpty) changed();
                  }}
                />{' '}
                {texts.draw.centre}
              </label>
              <p class="small quiet">
                {centre === true
                  ? texts.draw.centred(boxOf(sketch.width, sketch.height), sketch.width, sketch.height)
                  : texts.draw.asDrawn(sketch.width, sketch.height)}
              </p>
            </div>
          </div>
        </section>
      )}
      {dataset === null || loss === null ? null : (
        <section class="try-graph">
          <Wanted
            dataset={dataset}
            wanted={wanted}
            answered={answer.outputs[0]}
            texts={texts.wanted}
            onChange={(next) => {
              state.wanted.value = next;
              changed();
            }}
          />
          {shown !== null && shown.index === null ? (
            <p class="small">
              {texts.shown}{' '}
              <button
                type="button"
                class="button outlined"
                onClick={() => {
                  state.published = state.changes.peek();
                  training.showExample(state.example);
                }}
              >
                {texts.back}
              </button>
            </p>
          ) : null}
        </section>
      )}
      {dataset !== null && picture !== null && classified ? (
        <NoisePart
          state={state}
          dataset={dataset}
          response={response}
          loss={loss}
          trained={trained}
          texts={texts}
          onShow={(noise) => {
            state.published = state.changes.peek();
            training.showOwn(noise);
          }}
        />
      ) : null}
    </div>
  );
}

function labelOf(texts: ReadyProps['texts'], draws: boolean, isPicture: boolean): string {
  if (draws) return texts.draw.label;
  return isPicture ? texts.pixels.label : texts.fields.label;
}
