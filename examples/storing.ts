import { backward, evaluate, keysOf, nodesByKey, record, value } from '@backflow/engine';
import { recordingFromJson, recordingToJson, tapeFromRecording } from '@backflow/engine';

const a = value(2, { label: 'a' });
const b = value(-3, { label: 'b' });
const text = recordingToJson(record(a.mul(b).add(1).as('y')));

const recording = recordingFromJson(text, { verify: true }); // computes every value again
const node = nodesByKey(keysOf(recording)).get('a')!;
console.log(backward(recording)[node]); // -3
const other = evaluate(recording, new Map([[node, 10]]));
console.log(other.value[other.output]); // -29
const tape = tapeFromRecording(recording); // to go on with
console.log(tape.at(recording.output).mul(2)); // Value(-10)

try {
  recordingFromJson(text.replace('-6,-5]', '-6,-4]'), { verify: true });
} catch (error) {
  console.log((error as Error).message);
}
// Recording, at $.value[3]: found -4, expected -5, what add gives for its inputs.
