// The graph
export { usesOf, useCounts, type Uses } from './uses.ts';
export { factsOf, groupPath, type Facts } from './facts.ts';
export { foldSums, type Folded } from './fold.ts';
export { viewGraph, type ViewEdge, type ViewGraph, type ViewNode } from './view.ts';
export { largestPaths, type LargestPaths, type Path } from './paths.ts';

// Positions
export { layered, fitScale, DEFAULT_SPACING } from './layered.ts';
export { anchorsFrom } from './layout.ts';
export type { Anchors, Bounds, Layout, LayoutInput, LayoutOptions, Pane, Routes } from './layout.ts';
export { arrangeCards, FIT_MOST, isEdited, type ArrangeOptions, type Arrangement } from './arrange.ts';

// Other forms
export { toDot, type DotOptions } from './dot.ts';
export { jsonNumber, toJson } from './json.ts';
export type { JsonEdge, JsonGraph, JsonInput, JsonNode, JsonNumber } from './json.ts';

// The drawing
export { buildScene, wholeFrame } from './scene.ts';
export type { Scene, SceneOptions } from './scene.ts';
export { CardCache } from './card-cache.ts';
export type { Box, SceneFrame, ScenePicture, SceneWords } from './scene-types.ts';
export { finishedMoment, GRADIENT_STATES, hasNumbers, numbersOf } from './scene-moment.ts';
export type { Active, GradientState, Moment, NodeNumbers } from './scene-moment.ts';
export { cardTexts } from './scene-texts.ts';
export type { CardTexts } from './scene-texts.ts';
export { CARD, cardSizes } from './scene-sizes.ts';
export type { CardForm, CardSizeOptions } from './scene-sizes.ts';
export { HATCH } from './scene-primitive.ts';
export type { Anchor, Primitive, Run, Weight } from './scene-primitive.ts';
export { estimateWidth, FONT } from './scene-text.ts';
export type { Measure } from './scene-text.ts';
export { bandColor, css, intensity, LOOKS, signColor } from './looks.ts';
export type { Look, Rgb, ThemeName } from './looks.ts';
export { toSvg } from './svg.ts';
export type { SvgOptions } from './svg.ts';

// Networks
export { placesOf, partsAt, inputsOf, belowOf, ownersOf } from './network/parts.ts';
export type { NetworkLayerParts, NetworkOwners, NetworkParts } from './network/parts.ts';
export { levelAbove, levelAt, pathOf, type NetworkLevel } from './network/level.ts';
export { pageOf, rankTerms, sumOfTerms, termsShown, TERMS_MOST, UNITS_MOST } from './network/terms.ts';
export type { Page, RankedTerms } from './network/terms.ts';
export { unitNode } from './network/edges.ts';
export { networkScene } from './network/scene.ts';
export type { NetworkSceneOptions, NetworkWords } from './network/scene.ts';
export type {
  EdgeShade,
  NetworkHeat,
  NetworkItem,
  NetworkLine,
  NetworkNumbers,
  NetworkScene,
} from './network/pen.ts';
export { layerScene, type LayerSceneOptions, type LayerWords } from './network/layer.ts';
export { neuronScene, type NeuronSceneOptions, type NeuronWords } from './network/neuron.ts';
export { termScene, type TermSceneOptions, type TermWords } from './network/term.ts';
export { lossScene, type LossSceneOptions } from './network/loss.ts';
