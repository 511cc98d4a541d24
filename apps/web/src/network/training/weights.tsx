import { layoutOf, parameterName, type Dataset } from '@backflow/nn';
import { nameToText } from '@backflow/print';
import type { JSX } from 'preact';
import { stepOf, stepped } from '../../graph-view/numbers.ts';
import { MathText } from '../../look/math-text.tsx';
import { NumberField } from '../../look/number-field.tsx';
import type { NetworkTabProps } from '../contract.ts';
import { countText } from './figures.ts';
import { LockIcon } from './lock-icon.tsx';

/** Weights of a neuron that are listed; of more, the largest. */
const MOST = 24;

interface Props extends Pick<NetworkTabProps, 'training' | 'network' | 'texts'> {
  readonly dataset: Dataset | null;
  readonly layer: number;
  readonly unit: number;
}

/** The numbers of one neuron, to be typed and to be frozen. */
export function Weights({ training, network, texts, dataset, layer, unit }: Props): JSX.Element {
  const words = texts.training.weights;
  const spec = network.network;
  const layout = layoutOf(spec)[layer];
  const { inputs, units, weights, biases } = layout;
  const parameters = training.parameters.value;
  const frozen = training.frozen.value;
  const start = weights + unit * inputs;
  const own = Array.from({ length: inputs }, (_, k) => start + k);
  const all = biases < 0 ? own : [...own, biases + unit];
  const whole = [
    ...Array.from({ length: units * inputs }, (_, k) => weights + k),
    ...(biases < 0 ? [] : Array.from({ length: units }, (_, j) => biases + j)),
  ];
  const listed =
    own.length <= MOST
      ? own
      : [...own].sort((a, b) => Math.abs(parameters[b]) - Math.abs(parameters[a])).slice(0, MOST);
  const neuron = texts.training.neurons.neuron(`${layer + 1}.${unit}`);
  const areFrozen = (list: readonly number[]): boolean => list.every((index) => frozen[index] === 1);
  const from = (index: number): string => {
    if (biases >= 0 && index >= biases) return words.bias;
    const k = index - start;
    return layer === 0 ? words.input(dataset?.columns[k] ?? String(k)) : words.neuron(`${layer}.${k}`);
  };
  return (
    <div class="training-weights" role="group" aria-label={words.label(neuron)}>
      <header>
        <h3>{words.label(neuron)}</h3>
        <button type="button" class="button outlined" onClick={() => training.freeze(all, !areFrozen(all))}>
          <LockIcon closed={areFrozen(all)} />
          {areFrozen(all) ? words.thawAll : words.freezeAll}
        </button>
        <button
          type="button"
          class="button outlined"
          onClick={() => training.freeze(whole, !areFrozen(whole))}
        >
          <LockIcon closed={areFrozen(whole)} />
          {areFrozen(whole) ? words.thawLayer : words.freezeLayer}
        </button>
      </header>
      <ul>
        {[...(biases < 0 ? [] : [biases + unit]), ...listed].map((index) => {
          const name = parameterName(spec, index);
          const value = parameters[index];
          const isFrozen = frozen[index] === 1;
          return (
            <li key={index} class={isFrozen ? 'frozen' : ''}>
              <span class="training-weight-name">
                <MathText text={name} />
                <span class="small quiet"> {from(index)}</span>
              </span>
              <NumberField
                label={nameToText(name)}
                value={value}
                onEnter={(next) => training.setParameter(index, next)}
                onNudge={(direction, size) =>
                  training.setParameter(index, stepped(value, direction, stepOf(value) * size))
                }
              />
              <button
                type="button"
                class="button"
                aria-pressed={isFrozen}
                aria-label={words.freeze(nameToText(name))}
                title={words.freeze(nameToText(name))}
                onClick={() => training.freeze([index], !isFrozen)}
              >
                <LockIcon closed={isFrozen} />
              </button>
            </li>
          );
        })}
      </ul>
      {listed.length < own.length ? (
        <p class="small quiet">{words.largest(countText(listed.length), countText(own.length))}</p>
      ) : null}
      <p class="small quiet">{words.hint}</p>
    </div>
  );
}
