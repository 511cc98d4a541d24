import type { Declaration } from '../sheet.ts';
import type { Canvas } from './canvas.ts';
import type { Row } from './page.ts';

export function readDeclarations(_canvas: Canvas, _rows: readonly Row[]): Declaration[] {
  return [];
}
