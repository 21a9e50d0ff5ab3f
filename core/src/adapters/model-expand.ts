/** Writes the 4-bit and 8-bit weights of an ONNX model out as 32-bit floats: the same numbers, which the engine multiplies faster. */
import { type Field, join, lengthField, numberField, readFields, textField } from "./protobuf-fields.ts";

/** Field numbers of onnx.proto3 (github.com/onnx/onnx). */
const model = { graph: 7 } as const;
const graph = { node: 1, initializer: 5 } as const;
const node = { input: 1, output: 2, name: 3, operator: 4, attribute: 5 } as const;
const attribute = { name: 1, integer: 3 } as const;
const tensor = { dims: 1, type: 2, name: 8, raw: 9 } as const;
const float32 = 1;
/** MatMulNBits without zero points: a value of 4 bits stands for value - 8, one of 8 bits for value - 128. */
const zeroPoints: ReadonlyMap<number | undefined, number> = new Map([
  [4, 8],
  [8, 128],
]);

/**
 * Replaces each `MatMulNBits` (com.microsoft: `K`, `N`, `bits` 4 or 8, `block_size`; inputs activation, packed weights, scales)
 * by a `MatMul` with the weights as floats. Everything else passes through untouched.
 *
 * @returns null when the model holds nothing of this kind, or one in a form that is not handled (zero points, other bits).
 * @throws RangeError when the bytes are no ONNX model.
 */
export function expandWeights(onnx: Uint8Array): Uint8Array | null {
  const fields = readFields(onnx);
  const main = fields.find(({ index }) => index === model.graph);
  if (main === undefined) throw new RangeError("The file holds no graph.");
  const parts = readFields(main.bytes);
  const weights = new Map(parts.filter(({ index }) => index === graph.initializer).map(namedTensor));
  const products = new Map<Field, QuantizedProduct>();
  for (const part of parts.filter(({ index }) => index === graph.node)) {
    const parsed = readProduct(part.bytes);
    if (parsed === "other form") return null;
    if (parsed !== null) products.set(part, parsed);
  }
  if (products.size === 0) return null;
  const replaced = new Set([...products.values()].flatMap(({ packed, scales }) => [packed, scales]));
  const made = parts.flatMap((part): readonly Uint8Array[] => {
    const product = products.get(part);
    if (product !== undefined) return expandedProduct(product, weights);
    const dropped = part.index === graph.initializer && replaced.has(namedTensor(part)[0]);
    return dropped ? [] : [part.whole];
  });
  const others = fields.filter(({ index }) => index !== model.graph).map(({ whole }) => whole);
  return join([...others, ...lengthField(model.graph, made)]);
}

interface QuantizedProduct {
  readonly activation: string;
  readonly packed: string;
  readonly scales: string;
  readonly outputs: readonly string[];
  readonly name: string;
  /** Rows and columns of the weights, and weights that share a scale. */
  readonly inner: number;
  readonly outer: number;
  readonly block: number;
  /** 4 or 8 of a weight, and the value that stands for nought. */
  readonly bits: number;
  readonly zeroPoint: number;
}

function readProduct(bytes: Uint8Array): QuantizedProduct | "other form" | null {
  const fields = readFields(bytes);
  const texts = (index: number) =>
    fields.filter((field) => field.index === index).map((field) => textOf(field.bytes));
  if (texts(node.operator)[0] !== "MatMulNBits") return null;
  const settings = new Map(
    fields.filter(({ index }) => index === node.attribute).map(({ bytes: own }) => setting(own)),
  );
  const [activation, packed, scales, ...more] = texts(node.input);
  const [inner, outer, block] = ["K", "N", "block_size"].map((key) => settings.get(key));
  if (activation === undefined || packed === undefined || scales === undefined) return "other form";
  if (inner === undefined || outer === undefined || block === undefined) return "other form";
  const bits = settings.get("bits") ?? 0;
  const zeroPoint = zeroPoints.get(bits);
  const whole = inner % block === 0 && block % 2 === 0;
  if (zeroPoint === undefined || !whole || more.some((name) => name !== "")) return "other form";
  const [name = packed] = texts(node.name);
  const outputs = texts(node.output);
  return { activation, packed, scales, outputs, name, inner, outer, block, bits, zeroPoint };
}

function expandedProduct(
  product: QuantizedProduct,
  weights: ReadonlyMap<string, Uint8Array>,
): readonly Uint8Array[] {
  const packed = weights.get(product.packed);
  const scales = weights.get(product.scales);
  if (packed === undefined || scales === undefined) throw new RangeError(`${product.name} has no weights.`);
  const name = `${product.packed}.float`;
  const values = dequantize(packed, new Float32Array(new Uint8Array(scales).buffer), product);
  const multiply = [
    ...textField(node.input, product.activation),
    ...textField(node.input, name),
    ...product.outputs.flatMap((output) => textField(node.output, output)),
    ...textField(node.name, product.name),
    ...textField(node.operator, "MatMul"),
  ];
  const matrix = [
    numberField(tensor.dims, product.inner),
    numberField(tensor.dims, product.outer),
    numberField(tensor.type, float32),
    ...textField(tensor.name, name),
    ...lengthField(tensor.raw, [new Uint8Array(values.buffer)]),
  ];
  return [...lengthField(graph.node, multiply), ...lengthField(graph.initializer, matrix)];
}

/** From [N, K / block, block x bits / 8] bytes, the low half of one first, to [K, N] floats. */
function dequantize(
  packed: Uint8Array,
  scales: Float32Array,
  { inner, outer, block, bits, zeroPoint }: QuantizedProduct,
): Float32Array {
  if (packed.length !== (inner * outer * bits) / 8 || scales.length !== (inner * outer) / block) {
    throw new RangeError("Weights and scales don't fit each other.");
  }
  const values = new Float32Array(inner * outer);
  for (let at = 0; at < values.length; at++) {
    const byte = packed[bits === 8 ? at : at >> 1] ?? 0;
    const value = bits === 8 ? byte : at % 2 === 0 ? byte & 15 : byte >> 4;
    const row = at % inner;
    values[row * outer + (at - row) / inner] = (value - zeroPoint) * (scales[Math.floor(at / block)] ?? 0);
  }
  return values;
}

function namedTensor({ bytes }: Field): readonly [string, Uint8Array] {
  const fields = readFields(bytes);
  const content = (index: number) => fields.find((field) => field.index === index)?.bytes ?? new Uint8Array();
  return [textOf(content(tensor.name)), content(tensor.raw)];
}

function setting(bytes: Uint8Array): readonly [string, number] {
  const fields = readFields(bytes);
  const name = textOf(fields.find(({ index }) => index === attribute.name)?.bytes ?? new Uint8Array());
  return [name, fields.find(({ index }) => index === attribute.integer)?.value ?? 0];
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
