import { backward, type Recording, type Value } from '@backflow/engine';
import {
  buildScene,
  cardSizes,
  cardTexts,
  finishedMoment,
  layered,
  usesOf,
  type CardForm,
  type Moment,
  type Primitive,
  type Scene,
  type SceneOptions,
  type ScenePicture,
} from '@backflow/graph';
import { recordingOf } from './programs.ts';

export const WORDS = {
  value: 'value',
  partial: (reported: number, uses: number) => `${reported} of ${uses}`,
};

const named = (value: Value, name: string): Value => {
  value.label = name;
  return value;
};

/** x used twice: node 0 is x, node 1 is y. */
export const square = (x = 3): Recording =>
  recordingOf((tape) => {
    const leaf = tape.leaf(x, 'x');
    return named(leaf.mul(leaf), 'y');
  });

/** Two neurons in a row, with negative and positive gradients. */
export const neurons = (): Recording =>
  recordingOf((tape) => {
    const x = tape.leaf(0.5, 'x');
    const z = named(tape.leaf(-1.25, 'w_hidden').mul(x).add(tape.leaf(0.3, 'b')), 'z');
    const a = named(z.sigmoid(), 'a');
    const u = tape.leaf(2, 'u').mul(a).tanh();
    return named(u.sub(tape.leaf(1, 't')).pow(2).mul(0.5), 'E_total');
  });

export function pictureIn(form: CardForm, recording: Recording): ScenePicture {
  const texts = cardTexts(recording);
  const uses = usesOf(recording);
  const gradient = backward(recording);
  const { width, height } = cardSizes(recording, { form, texts, digits: 4, gradient, ...WORDS });
  const layout = layered(
    { count: recording.count, inputStart: uses.start, inputs: uses.source, width, height },
    { gapX: 80 },
  );
  return { recording, layout, uses, texts, width, height, form };
}

/** The finished run with some of it taken back. */
export function momentWith(recording: Recording, changes: Partial<Moment> = {}): Moment {
  return { ...finishedMoment(recording), ...changes };
}

export const draw = (picture: ScenePicture, moment: Moment, options: Partial<SceneOptions> = {}): Scene =>
  buildScene(picture, moment, { theme: 'light', words: WORDS, ...options });

export type Text = Extract<Primitive, { kind: 'text' }>;
export type Rect = Extract<Primitive, { kind: 'rect' }>;
export type Path = Extract<Primitive, { kind: 'path' }>;
export type Polygon = Extract<Primitive, { kind: 'polygon' }>;

export const textsOf = (scene: Scene): Text[] => scene.primitives.filter((p) => p.kind === 'text');
export const rectsOf = (scene: Scene): Rect[] => scene.primitives.filter((p) => p.kind === 'rect');
export const pathsOf = (scene: Scene): Path[] => scene.primitives.filter((p) => p.kind === 'path');
export const polygonsOf = (scene: Scene): Polygon[] => scene.primitives.filter((p) => p.kind === 'polygon');

export const wordsOf = (scene: Scene): string[] => textsOf(scene).map(({ text }) => text);

/** Left and right end of a text. */
export function reachOf({ x, width, anchor }: Text): readonly [number, number] {
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return [left, left + width];
}
