export { usesOf, useCounts, type Uses } from './uses.ts';
export type { Anchors, Bounds, Layout, LayoutInput, LayoutOptions, Pane, Routes } from './layout.ts';
export { layered, fitScale, DEFAULT_SPACING } from './layered.ts';
