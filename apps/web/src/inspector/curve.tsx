import { formatNumber } from '@backflow/print';
import type { JSX } from 'preact';
import { useApp } from '../app-context.ts';
import { panelTexts } from '../look/panel-texts.ts';
import type { Curve } from './facts.ts';

const WIDTH = 280;
const HEIGHT = 130;
const MARGIN = 10;

/** The curve of an activation with the point at which it works and its tangent there. */
export function CurvePicture({ curve }: { curve: Curve }): JSX.Element {
  const app = useApp();
  const texts = panelTexts(app).inspector;
  const digits = app.digits.value;
  const { from, to, low, high, pieces, x, y, slope, operation } = curve;
  const px = (at: number): number => MARGIN + ((at - from) / (to - from)) * (WIDTH - 2 * MARGIN);
  const py = (at: number): number => HEIGHT - MARGIN - ((at - low) / (high - low)) * (HEIGHT - 2 * MARGIN);
  const path = pieces
    .map((piece) => {
      let text = '';
      for (let i = 0; i < piece.length; i += 2) {
        text += `${i === 0 ? 'M' : 'L'}${px(piece[i]).toFixed(1)} ${py(piece[i + 1]).toFixed(1)}`;
      }
      return text;
    })
    .join('');
  const number = (value: number): string => formatNumber(value, { digits });
  const label = `${texts.curveLabel(operation.symbol, number(x), number(y))}, ${texts.slopeHere(number(slope))}`;
  return (
    <figure class="curve">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <path
          class="axis"
          d={`M${MARGIN} ${py(0)}H${WIDTH - MARGIN}M${px(0)} ${MARGIN}V${HEIGHT - MARGIN}`}
        />
        <path class="graph" d={path} />
        {Number.isFinite(slope) ? <Tangent px={px} py={py} x={x} y={y} slope={slope} /> : null}
        <path class="drop" d={`M${px(x)} ${py(0)}V${py(y)}H${px(0)}`} />
        <circle class="point" cx={px(x)} cy={py(y)} r={4.5} />
      </svg>
      <figcaption class="small quiet">{label}</figcaption>
    </figure>
  );
}

interface TangentProps {
  readonly px: (x: number) => number;
  readonly py: (y: number) => number;
  readonly x: number;
  readonly y: number;
  readonly slope: number;
}

/** A piece of the tangent, equally long on the screen whatever the slope. */
function Tangent({ px, py, x, y, slope }: TangentProps): JSX.Element {
  const dx = px(1) - px(0);
  const dy = (py(1) - py(0)) * slope;
  const scale = 46 / Math.hypot(dx, dy);
  const x0 = px(x);
  const y0 = py(y);
  return (
    <path
      class="tangent"
      d={`M${x0 - dx * scale} ${y0 - dy * scale}L${x0 + dx * scale} ${y0 + dy * scale}`}
    />
  );
}
