import { levelAbove, levelAt, pathOf, type EdgeShade, type NetworkParts } from '@backflow/graph';
import { batch, signal } from '@preact/signals';
import { narrow } from '../../look/media.ts';
import type { App } from '../../state/app.ts';

/** Which page of a folded list is shown: of a column `layer 2`, of a sum `layer 2 neuron 3`. */
export const pages = signal<ReadonlyMap<string, number>>(new Map());

export function turnPage(list: string, by: number): void {
  pages.value = new Map(pages.value).set(list, (pages.value.get(list) ?? 0) + by);
}

/** What the edges show, at every level. */
export function shadeOf(app: App): EdgeShade {
  return app.session.value.network.gradients ? 'gradients' : 'weights';
}

export function show(app: App, shade: EdgeShade): void {
  const { network } = app.session.peek();
  app.update({ network: { ...network, gradients: shade === 'gradients' } });
}

export function openPath(app: App, path: readonly string[]): void {
  const { network } = app.session.peek();
  app.update({ network: { ...network, path } });
}

/** False at the outermost level. */
export function goUp(app: App, parts: NetworkParts): boolean {
  const above = levelAbove(levelAt(app.session.peek().network.path, parts));
  if (above === null) return false;
  openPath(app, pathOf(above));
  return true;
}

/** Selects a node, or nothing with −1. `inspects`: the inspector may open for it, as elsewhere; what is open stays open. */
export function choose(app: App, node: number, inspects: boolean): void {
  const before = app.session.peek();
  // On a phone there is none without a selection.
  const inspector = before.inspector && (!narrow.peek() || before.selected !== null);
  batch(() => {
    app.select(node < 0 ? null : node);
    if (!inspects && app.session.peek().inspector !== inspector) app.update({ inspector });
  });
}

/** Leaves for the graph, with a node in its middle. */
export function showInGraph(app: App, node: number): void {
  if (node >= 0) app.select(node);
  app.update({ mode: 'graph', tab: 'graph' });
  if (node < 0) return;
  // The graph wakes up first.
  requestAnimationFrame(() => requestAnimationFrame(() => app.graph.peek()?.center(node)));
}
