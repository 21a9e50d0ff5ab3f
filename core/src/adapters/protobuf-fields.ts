/** Protocol buffers, as far as an ONNX file needs them: fields in, fields out (protobuf.dev/programming-guides/encoding). */

export interface Field {
  readonly index: number;
  /** 0 is a whole number, 1 and 5 are 8 and 4 bytes, 2 is anything with a length. */
  readonly wire: number;
  /** Value of a whole number. */
  readonly value: number;
  /** Content of a field with a length; empty for others. */
  readonly bytes: Uint8Array;
  /** The field as it stands in the message, to be passed on as it is. */
  readonly whole: Uint8Array;
}

/** @throws RangeError when the bytes are no message. */
export function readFields(message: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++];
      if (byte === undefined || shift > 2 ** 63) throw new RangeError("A message ends inside a number.");
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const start = at;
    const tag = varint();
    const wire = tag % 8;
    const value = wire === 0 || wire === 2 ? varint() : 0;
    const length = wire === 2 ? value : wire === 1 ? 8 : wire === 5 ? 4 : 0;
    if ((wire !== 0 && length === 0 && wire !== 2) || at + length > message.length) {
      throw new RangeError("A message ends inside a field.");
    }
    const bytes = wire === 2 ? message.subarray(at, at + length) : new Uint8Array();
    at += length;
    const whole = message.subarray(start, at);
    fields.push({ index: Math.floor(tag / 8), wire, value: wire === 0 ? value : 0, bytes, whole });
  }
  return fields;
}

/** A field with a length, as parts to be joined. */
export function lengthField(index: number, parts: readonly Uint8Array[]): readonly Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [Uint8Array.from([...varintOf(index * 8 + 2), ...varintOf(length)]), ...parts];
}

export function textField(index: number, text: string): readonly Uint8Array[] {
  return lengthField(index, [new TextEncoder().encode(text)]);
}

export function numberField(index: number, value: number): Uint8Array {
  return Uint8Array.from([...varintOf(index * 8), ...varintOf(value)]);
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function varintOf(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}
