import { layoutOf, type Dataset } from '@backflow/nn';
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { NetworkTabProps } from '../contract.ts';
import { useSlow } from './answers.ts';
import { Canvas } from './canvas.tsx';
import { css, mixed, paletteOf, signColour, type Palette } from './colours.ts';
import { fieldOf, frameOf, type Field } from './field.ts';
import { countText, short } from './figures.ts';
import { paintField, paintNumbers } from './paint-plane.ts';
import { Response } from './response.ts';
import { Thumbnail } from './thumbnail.tsx';
import { Weights } from './weights.tsx';

/** Layer and neuron that are looked at, both from 0; kept while the tabs change. */
const looked = signal<{ readonly layer: number; readonly unit: number }>({ layer: 0, unit: 0 });

/** Neurons of a layer that are drawn, and the grid over the plane of their inputs. */
const MOST = 32;
const CELLS = 22;
const SLOW_MS = 400;

interface Props extends NetworkTabProps {
  readonly dataset: Dataset | null;
}

/** What each neuron of a layer answers to, and the weights of one of them. */
export function Neurons({ app, run, training, network, texts, dataset, dark }: Props): JSX.Element {
  const words = texts.training.neurons;
  const spec = network.network;
  const layout = useMemo(() => layoutOf(spec), [spec]);
  const selected = app.selected.value;
  useEffect(() => {
    const place = selected < 0 ? null : placeOf(network.nodes, run.origin[selected]);
    if (place !== null) looked.value = place;
  }, [selected, network]);
  const layer = Math.min(looked.value.layer, layout.length - 1);
  const { inputs, units, weights: start } = layout[layer];
  const unit = Math.min(looked.value.unit, units - 1);
  // Many small pictures are not painted with every snapshot.
  const slow = useSlow(training.parameters.value, training.state.value === 'running' ? SLOW_MS : 0);
  const parameters = slow.length === training.parameters.value.length ? slow : training.parameters.value;
  const palette = paletteOf(dark);
  const way =
    layer === 0 && dataset?.picture ? 'picture' : spec.sizes[0] === 2 && dataset !== null ? 'plane' : 'bars';
  const field = useMemo(() => {
    if (way !== 'plane') return null;
    const response = new Response(spec, parameters);
    return fieldOf(frameOf(dataset!), CELLS, units, (x, into) => {
      response.of(x);
      into.set(response.layers[layer]);
    });
  }, [way, spec, parameters, dataset, layer]);
  const first = Math.min(Math.max(0, unit - MOST + 1), Math.max(0, units - MOST));
  const shown = Array.from({ length: Math.min(MOST, units) }, (_, k) => first + k);

  return (
    <section class="training-card training-neurons" aria-label={words.label}>
      <header>
        <h2>{words.label}</h2>
        <label>
          <span class="small quiet">{words.layer}</span>{' '}
          <select
            class="field"
            value={String(layer)}
            onChange={(event) => (looked.value = { layer: Number(event.currentTarget.value), unit: 0 })}
          >
            {layout.map((_, l) => (
              <option key={l} value={String(l)}>
                {words.layerName(String(l + 1), l === layout.length - 1)}
              </option>
            ))}
          </select>
        </label>
        {units > MOST ? <span class="small quiet">{words.some(String(MOST), countText(units))}</span> : null}
      </header>
      <ul class={`training-responses ${way}`}>
        {shown.map((j) => {
          const row = parameters.subarray(start + j * inputs, start + (j + 1) * inputs);
          const name = words.neuron(`${layer + 1}.${j}`);
          const label = words.described(name, short(Math.max(...row)), short(Math.min(...row)));
          return (
            <li key={j}>
              <button
                type="button"
                class="training-response"
                aria-pressed={j === unit}
                aria-label={label}
                title={label}
                onClick={() => (looked.value = { layer, unit: j })}
              >
                {way === 'picture' ? (
                  <Thumbnail {...dataset!.picture!} signed pixels={row} palette={palette} />
                ) : way === 'plane' ? (
                  <Activation field={field!} unit={j} dark={dark} />
                ) : (
                  <Bars row={row} palette={palette} />
                )}
                <span class="small">
                  {layer + 1}.{j}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <p class="small quiet">{words[way]}</p>
      <Weights
        training={training}
        network={network}
        texts={texts}
        dataset={dataset}
        layer={layer}
        unit={unit}
      />
    </section>
  );
}

/** Which neuron a node belongs to. */
function placeOf(
  { layers }: NetworkTabProps['network']['nodes'],
  node: number,
): { readonly layer: number; readonly unit: number } | null {
  for (const [layer, { z, a, weights, biases }] of layers.entries()) {
    for (const list of [z, a, biases]) {
      const unit = list?.indexOf(node) ?? -1;
      if (unit >= 0) return { layer, unit };
    }
    const weight = weights.indexOf(node);
    if (weight >= 0) return { layer, unit: Math.floor(weight / (weights.length / z.length)) };
  }
  return null;
}

interface ActivationProps {
  /** Of all units of the layer. */
  readonly field: Field;
  readonly unit: number;
  readonly dark: boolean;
}

/** A neuron's activation over the plane of two inputs. */
function Activation({ field, unit, dark }: ActivationProps): JSX.Element {
  const palette = paletteOf(dark);
  return (
    <Canvas
      class="thumbnail"
      label=""
      aspect={1}
      of={[field, unit, dark]}
      paint={(context, _width, _height, ratio) => {
        const { channels } = field;
        const values = field.values.filter((_, at) => at % channels === unit);
        paintField(context, { ...field, channels: 1, values }, palette, paintNumbers, ratio);
      }}
    />
  );
}

/** Weights as bars from the middle: up for plus, down and striped for minus. */
function Bars({ row, palette }: { readonly row: Float64Array; readonly palette: Palette }): JSX.Element {
  return (
    <Canvas
      class="thumbnail"
      label=""
      aspect={0.6}
      of={[row.join(), palette]}
      paint={(context, width, height, ratio) => {
        const largest = row.reduce((most, weight) => Math.max(most, Math.abs(weight) || 0), 0) || 1;
        const step = width / row.length;
        const middle = height / 2;
        context.fillStyle = css(palette.paper);
        context.fillRect(0, 0, width, height);
        row.forEach((weight, k) => {
          const tall = (Math.abs(weight) / largest) * (middle - 2 * ratio);
          const [left, wide] = [k * step + 0.1 * step, Math.max(1, 0.8 * step)];
          context.fillStyle = css(
            weight < 0 ? mixed(palette.paper, palette.negative, 0.85) : signColour(palette, 1),
          );
          context.fillRect(left, weight < 0 ? middle : middle - tall, wide, tall);
          if (weight >= 0) return;
          context.fillStyle = css(palette.paper);
          for (let y = middle + 3 * ratio; y < middle + tall; y += 5 * ratio)
            context.fillRect(left, y, wide, 1.4 * ratio);
        });
        context.fillStyle = palette.muted;
        context.fillRect(0, middle - ratio / 2, width, ratio);
      }}
    />
  );
}
