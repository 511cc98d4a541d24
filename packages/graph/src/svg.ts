import type { Run } from './scene-primitive.ts';
import type { Primitive } from './scene-primitive.ts';
import type { Scene } from './scene.ts';
import { HATCH } from './scene-primitive.ts';
import { FONT } from './scene-text.ts';

export interface SvgOptions {
  /** What the picture shows, for readers who hear it. */
  readonly title?: string;
  /**
   * True if the scene was measured with the fonts that are drawn: lengths of texts are then written down, so that
   * the picture keeps its proportions where other fonts are installed.
   */
  readonly measured?: boolean;
}

/** A scene as an SVG document that needs nothing else: no style sheet, no script, no font file. */
export function toSvg(scene: Scene, options: SvgOptions = {}): string {
  const { width, height, background, opacity, primitives } = scene;
  const parts: string[] = [];
  const patterns = new Map<string, string>();
  for (const primitive of primitives) parts.push(element(primitive, patterns, options.measured === true));
  const definitions = [...patterns].map(
    ([color, id]) =>
      `<pattern id="${id}" width="${HATCH.step}" height="${HATCH.step}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
      `<rect width="${HATCH.line}" height="${HATCH.step}" fill="${escaped(color)}"/></pattern>`,
  );
  const title = options.title ?? '';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" ` +
    `role="img" font-family="${escaped(FONT)}">` +
    (title === '' ? '' : `<title>${escaped(title)}</title>`) +
    (definitions.length === 0 ? '' : `<defs>${definitions.join('')}</defs>`) +
    `<rect width="${n(width)}" height="${n(height)}" fill="${escaped(background)}"/>` +
    `<g${opacity < 1 ? ` opacity="${n(opacity)}"` : ''}>\n${parts.join('\n')}\n</g></svg>\n`
  );
}

function element(primitive: Primitive, patterns: Map<string, string>, measured: boolean): string {
  switch (primitive.kind) {
    case 'rect': {
      const { x, y, width, height, radius, fill, hatch, stroke, lineWidth, dash } = primitive;
      const box = `x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(radius)}"`;
      const frame =
        stroke === null ? '' : ` stroke="${escaped(stroke)}" stroke-width="${n(lineWidth)}"${dashed(dash)}`;
      const plain = `<rect ${box} fill="${fill === null ? 'none' : escaped(fill)}"${frame}/>`;
      if (hatch === null) return plain;
      let id = patterns.get(hatch);
      if (id === undefined) patterns.set(hatch, (id = `hatch${patterns.size + 1}`));
      return `${plain}<rect ${box} fill="url(#${id})"/>`;
    }
    case 'text': {
      const { x, y, runs, size, weight, anchor, color, halo, width } = primitive;
      const length =
        measured && runs.length === 1 ? ` textLength="${n(width)}" lengthAdjust="spacingAndGlyphs"` : '';
      const text = (paint: string): string =>
        `<text x="${n(x)}" y="${n(y)}" font-size="${n(size)}"${weight === 600 ? ' font-weight="600"' : ''}` +
        `${anchor === 'start' ? '' : ` text-anchor="${anchor}"`} ${paint}${length}>${content(runs, size)}</text>`;
      const filled = text(`fill="${escaped(color)}"`);
      if (halo === null) return filled;
      // The halo as a text of its own: painted run by run it would eat into the letter before a subscript.
      const around = `fill="none" stroke="${escaped(halo)}" stroke-width="3" stroke-linejoin="round" aria-hidden="true"`;
      return text(around) + filled;
    }
    case 'path': {
      const { points, color, lineWidth, dash } = primitive;
      return `<path d="${pathData(points)}" fill="none" stroke="${escaped(color)}" stroke-width="${n(lineWidth)}"${dashed(dash)}/>`;
    }
    case 'polygon': {
      const { points, fill, stroke } = primitive;
      const around = stroke === null ? '' : ` stroke="${escaped(stroke)}" stroke-linejoin="round"`;
      return `<polygon points="${points.map(n).join(' ')}" fill="${escaped(fill)}"${around}/>`;
    }
  }
}

function content(runs: readonly Run[], size: number): string {
  if (runs.length === 1 && runs[0].scale === 1) return escaped(runs[0].text);
  let shifted = 0;
  return runs
    .map((run) => {
      const dy = run.shift * size - shifted;
      shifted += dy;
      return `<tspan font-size="${n(size * run.scale)}" dy="${n(dy)}">${escaped(run.text)}</tspan>`;
    })
    .join('');
}

function pathData(points: readonly number[]): string {
  let data = `M${n(points[0])} ${n(points[1])}`;
  for (let k = 2; k + 5 < points.length; k += 6)
    data += `C${points
      .slice(k, k + 6)
      .map(n)
      .join(' ')}`;
  return data;
}

function dashed(dash: readonly number[] | null): string {
  return dash === null ? '' : ` stroke-dasharray="${dash.map(n).join(' ')}"`;
}

/** Two decimals are a hundredth of a pixel. */
function n(x: number): string {
  return String(Math.round(x * 100) / 100);
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** Control characters, lone halves of surrogate pairs, and the two non-characters. */
const FORBIDDEN =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text for XML: markup escaped, characters that XML forbids replaced. */
function escaped(text: string): string {
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES.get(character) ?? character);
}
