/** A message of Protocol Buffers: by number of field, what stands there, in order. */
export type Message = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

/** Reads a message without knowing its schema: numbers of varints and floats, bytes of all that has a length. */
export function readMessage(bytes: Uint8Array): Message {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(BigInt.asIntN(64, value));
    }
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new Error(`${length} bytes at ${at} of ${bytes.length}`);
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = varint();
    const wire = key & 7;
    let value: number | Uint8Array;
    if (wire === 0) value = varint();
    else if (wire === 2) value = take(varint());
    else if (wire === 5) value = view.getFloat32((at += 4) - 4, true);
    else throw new Error(`wire type ${wire} at ${at}`);
    const field = key >>> 3;
    fields.set(field, [...(fields.get(field) ?? []), value]);
  }
  return fields;
}

const bytesOf = (message: Message, field: number): readonly Uint8Array[] =>
  (message.get(field) ?? []) as readonly Uint8Array[];

export const messages = (message: Message, field: number): readonly Message[] =>
  bytesOf(message, field).map(readMessage);

export const texts = (message: Message, field: number): readonly string[] =>
  bytesOf(message, field).map((bytes) => Buffer.from(bytes).toString('utf8'));

export const numbers = (message: Message, field: number): readonly number[] =>
  (message.get(field) ?? []) as readonly number[];

export const floats = (bytes: Uint8Array): readonly number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(4 * index, true));
};
