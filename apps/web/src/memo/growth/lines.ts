import { costOf, type AlgorithmName, type CounterName, type Family } from '@backflow/trace';
import { formatCount } from '@backflow/print';
import { log10Of, wholeNumbers } from './scale.ts';

/** Sizes at which a curve is computed. */
const POINTS = 80;

/** One line. Where `y` is not finite the line has a gap. */
export interface PlotLine {
  /** Chooses colour, dash and marker in the style sheet: `line-…`. */
  readonly id: string;
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** The number at the cursor. */
  readonly reading: string;
  readonly atCursor: number;
}

/** A line without what is read off it at the cursor. */
export type Curve = Omit<PlotLine, 'reading' | 'atCursor'>;

/** What the curves say at a size. */
export function readOff(
  curves: readonly Curve[],
  family: Family,
  size: number,
  counter: CounterName,
): readonly PlotLine[] {
  const shape = family.shape(size);
  return curves.map((curve) => {
    const count = costOf(shape, curve.id as AlgorithmName)[counter];
    return { ...curve, reading: formatCount(count), atCursor: log10Of(count) };
  });
}

/** A line for each algorithm on a logarithmic scale; those that run into one all the way are one line. */
export function curvesOf(
  family: Family,
  reach: number,
  counter: CounterName,
  names: readonly AlgorithmName[],
  nameOf: (name: AlgorithmName) => string,
  alike: (first: string, others: number) => string,
): readonly Curve[] {
  const shapes = wholeNumbers(family.least, reach, POINTS).map((x) => ({ x, shape: family.shape(x) }));
  const groups = new Map<string, { readonly line: Curve; readonly names: AlgorithmName[] }>();
  for (const name of names) {
    const points = shapes.map(({ x, shape }) => ({ x, y: log10Of(costOf(shape, name)[counter]) }));
    if (!points.some(({ y }) => Number.isFinite(y))) continue;
    const key = points.map(({ y }) => y).join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { line: { id: name, label: '', points }, names: [name] });
    else group.names.push(name);
  }
  return [...groups.values()].map(({ line, names: together }) => {
    // The one that the others are compared with gives its name.
    const id = together.find((name) => name === 'reverse') ?? together[0];
    const others = together.filter((name) => name !== id);
    const label =
      others.length < 2 ? [id, ...others].map(nameOf).join(' = ') : alike(nameOf(id), others.length);
    return { ...line, id, label };
  });
}
