import { LEAF } from '@backflow/engine';
import { CARD } from '@backflow/graph';
import type { Active } from '@backflow/graph';
import { paneScale } from './picture.ts';
import type { Picture, Size } from './picture.ts';
import type { CameraState } from './contract.ts';
import { SMALL } from './readable.ts';
import { fittingCamera, followingCamera } from './view.ts';

/** Cards of this height in pixels still show names and numbers. */
const LEGIBLE_HEIGHT = 30;
/** Inputs of an operation that the camera keeps in view. */
const INPUTS_MOST = 3;

/** The cards that a step is about: both ends of an edge, or a node with the inputs beside it. */
export function nodesAt(picture: Picture, { kind, node, entry }: Active): readonly number[] {
  const { inputs } = picture.recording;
  if (entry < 0) return kind === 'evaluate' ? [node, ...nearInputs(picture, node)] : [node];
  const consumer = picture.uses.target[picture.uses.entry.indexOf(entry)];
  return consumer === undefined ? [node, inputs[entry]] : [node, inputs[entry], consumer];
}

/** The first operation and its inputs. */
export function beginningOf(picture: Picture): readonly number[] {
  const first = picture.recording.operation.findIndex((operation) => operation !== LEAF);
  return first < 0 ? [0] : [first, ...nearInputs(picture, first)];
}

function nearInputs({ recording, layout }: Picture, node: number): number[] {
  const { inputs, inputStart } = recording;
  const all = new Set(inputs.subarray(inputStart[node], inputStart[node + 1]));
  const distance = (input: number): number => Math.abs(layout.y[input] - layout.y[node]);
  return [...all]
    .filter((input) => input >= 0)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, INPUTS_MOST);
}

/**
 * Where the camera stands when a document is opened: over the whole graph if that can be read, else near enough to
 * read, where the step is; before the first step that is the first operation.
 */
export function openingCamera(
  picture: Picture,
  size: Size,
  active: Active | null,
  readable: number,
): CameraState {
  const whole = fittingCamera(picture, size);
  const scale = paneScale(picture.layout, size);
  const legible =
    readable > SMALL ? CARD.number * scale >= readable : CARD[picture.form].height * scale >= LEGIBLE_HEIGHT;
  if (legible) return whole;
  const nodes = active === null ? beginningOf(picture) : nodesAt(picture, active);
  return followingCamera(picture, whole, size, nodes, readable, () => false) ?? whole;
}
