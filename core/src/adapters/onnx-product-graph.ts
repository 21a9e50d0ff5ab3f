/**
 * The ONNX graphs of the re-ranking, written by hand so that no file has to be shipped.
 * Field numbers are those of onnx.proto3 (github.com/onnx/onnx); numbers and texts are encoded as protocol buffers do.
 */

/**
 * In floats: `products = MatMul(Cast(documents: int8 [documents, tokens, dimensions]), columns: float32 [dimensions, rows])` and
 * `maxima = ReduceMax(products)` over the tokens. The runtime gives those of the two that it is asked for.
 */
export function productGraph(): Uint8Array {
  const cast = node("Cast", ["documents"], ["wide"], [integerAttribute("to", float32)]);
  const product = node("MatMul", ["wide", "columns"], ["products"], []);
  const best = node(
    "ReduceMax",
    ["products"],
    ["maxima"],
    [integersAttribute("axes", [1]), integerAttribute("keepdims", 0)],
  );
  return model(17, [
    field(1, cast),
    field(1, product),
    field(1, best),
    field(2, text("late-interaction")),
    field(11, tensorInfo("documents", int8, ["documents", "tokens", "dimensions"])),
    field(11, tensorInfo("columns", float32, ["dimensions", "rows"])),
    field(12, tensorInfo("products", float32, ["documents", "tokens", "rows"])),
    field(12, tensorInfo("maxima", float32, ["documents", "rows"])),
  ]);
}

/**
 * In whole numbers: `maxima = ReduceMax(MatMulInteger(documents XOR 128, columns: int8, 128))`. The documents' int8 are read as
 * uint8: with their sign bit turned they are greater by 128, which the product takes off again. Processors multiply unsigned
 * by signed bytes (VNNI, AMX), and the runtime takes many times as long for signed by signed.
 */
export function codedMaximaGraph(): Uint8Array {
  const turned = node("BitwiseXor", ["documents", "sign"], ["turned"], []);
  const product = node("MatMulInteger", ["turned", "columns", "sign"], ["products"], []);
  const best = node("ReduceMax", ["products", "axes"], ["maxima"], [integerAttribute("keepdims", 0)]);
  // Raw data is little-endian.
  const sign = [number(2, uint8), field(8, text("sign")), field(9, [128])].flat();
  const axes = [
    number(1, 1),
    number(2, int64),
    field(8, text("axes")),
    field(9, [1, 0, 0, 0, 0, 0, 0, 0]),
  ].flat();
  return model(18, [
    field(1, turned),
    field(1, product),
    field(1, best),
    field(2, text("late-interaction-in-whole-numbers")),
    field(5, sign),
    field(5, axes),
    field(11, tensorInfo("documents", uint8, ["documents", "tokens", "dimensions"])),
    field(11, tensorInfo("columns", int8, ["dimensions", "rows"])),
    field(12, tensorInfo("maxima", int32, ["documents", "rows"])),
  ]);
}

/** @param operators version of ONNX's operators. */
function model(operators: number, graph: readonly number[][]): Uint8Array {
  const opset = [field(1, text("")), number(2, operators)].flat();
  return Uint8Array.from([number(1, 8), field(7, graph.flat()), field(8, opset)].flat());
}

/** Element types of TensorProto. */
const float32 = 1;
const uint8 = 2;
const int8 = 3;
const int32 = 6;
const int64 = 7;

function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: readonly number[][],
): number[] {
  return [
    ...inputs.map((name) => field(1, text(name))),
    ...outputs.map((name) => field(2, text(name))),
    field(4, text(operator)),
    ...attributes.map((attribute) => field(5, attribute)),
  ].flat();
}

function integerAttribute(name: string, value: number): number[] {
  const integerType = 2;
  return [field(1, text(name)), number(3, value), number(20, integerType)].flat();
}

function integersAttribute(name: string, values: readonly number[]): number[] {
  const integersType = 7;
  return [field(1, text(name)), ...values.map((value) => number(8, value)), number(20, integersType)].flat();
}

function tensorInfo(name: string, elementType: number, axes: readonly string[]): number[] {
  const shape = axes.flatMap((axis) => field(1, field(2, text(axis))));
  const tensor = [number(1, elementType), field(2, shape)].flat();
  return [field(1, text(name)), field(2, field(1, tensor))].flat();
}

/** A length-delimited field. */
function field(index: number, bytes: readonly number[]): number[] {
  return [...varint(index * 8 + 2), ...varint(bytes.length), ...bytes];
}

/** A field that holds a whole number. */
function number(index: number, value: number): number[] {
  return [...varint(index * 8), ...varint(value)];
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}

function text(value: string): number[] {
  return [...new TextEncoder().encode(value)];
}
