export { toOnnx } from './onnx.ts';
export { toPyTorch } from './pytorch.ts';
export { fromStateDict } from './state-dict.ts';
export type { Told, WeightedNetwork } from './state-dict.ts';
export { ExchangeError } from './exchange-error.ts';
