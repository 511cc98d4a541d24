import { LOOKS, type NetworkLine, type NetworkNumbers, type NetworkScene } from '@backflow/graph';
import { clearContext } from '../../look/clear-context.ts';

interface Moving {
  readonly scene: NetworkScene;
  readonly numbers: NetworkNumbers;
  readonly left: number;
  readonly top: number;
  readonly zoom: number;
  readonly dark: boolean;
  /** How far they have come, 0 to 1. */
  readonly share: number;
}

/** At most so many edges have a marker of their own. */
const MARKERS_MOST = 160;

/** Dots that go along the edges that the last step has reached, the way it went; null clears them. False if there are none. */
export function paintMarkers(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
  moving: Moving | null,
): boolean {
  const context = clearContext(canvas, size);
  if (context === null) return false;
  const ratio = devicePixelRatio;
  if (moving === null) return false;
  const { scene, numbers, left, top, zoom, dark, share } = moving;
  const lines = moved(scene, numbers);
  if (lines.length === 0) return false;
  context.setTransform(ratio * zoom, 0, 0, ratio * zoom, -left * ratio, -top * ratio);
  context.fillStyle = LOOKS[dark ? 'dark' : 'light'].active;
  context.beginPath();
  for (const { x1, y1, x2, y2, weight, strength } of lines) {
    const along = numbers.fresh(weight) === 'backward' ? 1 - share : share;
    const radius = 1.6 + 2 * strength;
    const [x, y] = [x1 + (x2 - x1) * along, y1 + (y2 - y1) * along];
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fill();
  return true;
}

const known = new WeakMap<NetworkScene, readonly NetworkLine[]>();

function moved(scene: NetworkScene, numbers: NetworkNumbers): readonly NetworkLine[] {
  let lines = known.get(scene);
  if (lines === undefined) {
    // The strongest stand last.
    lines = scene.lines
      .filter(({ weight, sum }) => numbers.fresh(weight) === 'backward' || numbers.fresh(sum) === 'forward')
      .slice(-MARKERS_MOST);
    known.set(scene, lines);
  }
  return lines;
}
