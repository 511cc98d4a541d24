import { compile } from '@backflow/language';
import { foldState, liveGraphOf, planFolds, unfoldTree } from '@backflow/trace';
import { describe, expect, it } from 'vitest';
import { planeFor } from '../../apps/web/src/memo/tree/plane.ts';
import {
  drawnGraph,
  drawnState,
  shapeOf,
  type Drawn,
  type Lettering,
  type Shape,
} from '../../apps/web/src/memo/tree/shape.ts';

const FOUR_NODES = 'x = 3\nu = x*x\nv = u + x\ny = u*v';
const lettering: Lettering = { size: 15, page: 15, measure: (text, size) => 0.55 * size * text.length };
const projected: Lettering = { ...lettering, page: 24 };

const { recording } = compile(FOUR_NODES);
const plan = planFolds(liveGraphOf(recording!));
const tree = unfoldTree(plan)!;

function shape(drawn: Drawn, letters = lettering): Shape {
  return shapeOf(recording!, drawn, (use) => `×${plan.graph.local[use]}`, letters);
}

describe('the picture of the tree', () => {
  it('ends as the picture of the graph', () => {
    const last = shape(drawnState(tree, foldState(tree, plan.merges), String));
    const graph = shape(drawnGraph(plan, (node) => String(plan.gradient[node])));
    for (const key of ['node', 'number', 'label', 'from', 'to', 'use', 'edgeLabel', 'layout'] as const) {
      expect(last[key], key).toEqual(graph[key]);
    }
  });

  it('has a card for every copy, with the product down to it', () => {
    const first = shape(drawnState(tree, foldState(tree, 0), String));
    const cards = first.label.map((label, item) => `${label} ${first.number[item]}`).sort();
    expect(cards).toEqual(['u 12', 'u 9', 'v 9', 'x 27', 'x 27', 'x 36', 'x 36', 'x 9', 'y 1']);
  });

  it('keeps double edges apart', () => {
    const { apart, from, to } = shape(drawnGraph(plan, () => ''));
    const twins = Array.from(from.keys()).filter((edge) => from[edge] === 1 && to[edge] === 0);
    expect(twins.map((edge) => apart[edge])).toEqual([-0.5, 0.5]);
    expect(Array.from(apart).filter((by) => by !== 0)).toHaveLength(2);
  });
});

describe('its place in a box', () => {
  const picture = shape(drawnState(tree, foldState(tree, 0), String));

  it('is the whole of it with all texts where there is room', () => {
    const plane = planeFor(picture, { width: 800, height: 400 }, false);
    expect(plane).toMatchObject({ detail: 'all', tight: false, width: 800, height: 400 });
    expect(plane.size).toBeGreaterThanOrEqual(15);
  });

  it('is names, then dots, where there is less', () => {
    expect(planeFor(picture, { width: 260, height: 160 }, false)).toMatchObject({
      detail: 'names',
      tight: true,
    });
    expect(planeFor(picture, { width: 160, height: 60 }, false)).toMatchObject({
      detail: 'dots',
      tight: true,
    });
  });

  it('is larger than the box at full size', () => {
    const plane = planeFor(picture, { width: 160, height: 60 }, true);
    expect(plane.detail).toBe('all');
    expect(plane.width).toBeGreaterThan(160);
    expect(plane.scaleX).toBe(1);
  });

  it('never has text below 24 pixels on a projector', () => {
    const large = shape(drawnState(tree, foldState(tree, 0), String), projected);
    for (const width of [200, 400, 500, 600, 800, 1000, 1400]) {
      for (const full of [false, true]) {
        const plane = planeFor(large, { width, height: 400 }, full);
        expect(plane.detail === 'dots' || plane.size >= 24).toBe(true);
      }
    }
    expect(planeFor(large, { width: 1000, height: 400 }, false).detail).toBe('all');
  });
});
