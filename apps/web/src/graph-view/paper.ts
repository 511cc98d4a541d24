/** The graph as a document in place of the canvas; fetched when it is first wanted. */
export { toSvg } from '@backflow/graph';
export { imageScale, pngOf } from './export.ts';
export { SvgFallback } from './svg-fallback.tsx';
