/**
 * Runs exported networks elsewhere, on the same inputs as here: ONNX in onnxruntime-web, Python code in PyTorch, and reads
 * back what PyTorch saves. `npm run onnx`; without PyTorch (Debian: `apt-get install python3-torch`) that part is left out.
 */
import * as ort from 'onnxruntime-web';
import { toOnnx } from '@backflow/nn/exchange';
import { casesOf, outputsOf } from './cases.js';
import { inPyTorch } from './pytorch.js';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

const cases = casesOf();
let failures = 0;

function fail(text) {
  failures++;
  console.error(text);
}

async function inOnnxRuntime() {
  let compared = 0;
  let passedOver = 0;
  let worst = 0;
  let worstShare = 0;
  for (const each of cases) {
    const session = await ort.InferenceSession.create(toOnnx(each.spec, each.parameters));
    const [batch, width] = [each.inputs.length, each.inputs[0].length];
    const input = new ort.Tensor('float32', Float32Array.from(each.inputs.flat()), [batch, width]);
    const { output } = await session.run({ input });
    const units = each.spec.sizes.at(-1);
    const [found, expected] = [output.dims.join(' × '), `${batch} × ${units}`];
    if (found !== expected) fail(`${each.name}: ${found} outputs, not ${expected}`);
    for (const [row, inputs] of each.inputs.entries()) {
      const { outputs, errors, onEdge } = outputsOf(each, inputs);
      if (onEdge) {
        passedOver++;
        continue;
      }
      for (const [unit, a] of outputs.entries()) {
        const difference = Math.abs(output.data[row * units + unit] - a);
        compared++;
        worst = Math.max(worst, difference);
        if (errors[unit] > 0) worstShare = Math.max(worstShare, difference / errors[unit]);
        if (!(difference <= errors[unit])) {
          fail(
            `${each.name}: output ${unit} of input ${row} is ${output.data[row * units + unit]}, not ${a}`,
          );
        }
      }
    }
    await session.release();
  }
  console.log(
    `onnxruntime-web ${ort.env.versions.web}: ${cases.length} networks, ${compared} outputs, largest difference ` +
      `${worst.toExponential(1)}, at most ${(100 * worstShare).toFixed(0)} % of what float32 may round; ` +
      `${passedOver} inputs passed over, as a sum lies on the edge of a step`,
  );
}

await inOnnxRuntime();
failures += inPyTorch(cases);
if (failures > 0) {
  console.error(`${failures} differences`);
  process.exitCode = 1;
}
