/** Between Arrow columns and plain values: building tables to write, reading what a query returns. */
import {
  type Binary,
  DataType,
  type FixedSizeList,
  Float32,
  type Float32 as Float32Type,
  makeData,
  RecordBatch,
  type Schema,
  Struct,
  Table,
  vectorFromArray,
} from "apache-arrow";

/** What a query returns: a whole table or one batch of it. */
export interface Rows {
  readonly numRows: number;
  getChild(name: string): { get(row: number): unknown } | null;
}

export type Cell = string | number | null | readonly string[] | Float32Array | Uint8Array;

/** One row to write: column name to value. Vectors are Float32Array, bytes Uint8Array, lists arrays of strings. */
export type Row = Readonly<Record<string, Cell>>;

/**
 * Rows as an Arrow table. Vectors and bytes are copied as one block: vectors value by value take ten times as long, and Arrow's
 * builder holds bytes twice while it makes a column.
 */
export function toTable(schema: Schema, rows: readonly Row[]): Table {
  const children = schema.fields.map((field) => {
    const cells = rows.map((row) => row[field.name] ?? null);
    if (isVectors(field.type, cells)) return vectorData(field.type, cells);
    return isBytes(field.type, cells) ? binaryData(field.type, cells) : plainData(field.type, cells);
  });
  const type = new Struct(schema.fields);
  const data = makeData({ type, length: rows.length, nullCount: 0, children });
  return new Table(schema, [new RecordBatch(schema, data)]);
}

/** The values of a column of strings; null becomes the empty string. */
export function stringsOf(result: Rows, column: string): string[] {
  return cellsOf(result, column).map((cell) => (cell === null ? "" : String(cell)));
}

export function numbersOf(result: Rows, column: string): number[] {
  return cellsOf(result, column).map(Number);
}

/** The values of a column of bytes, copied out of the result so that they don't keep all of it in memory. */
export function bytesOf(result: Rows, column: string): (Uint8Array | null)[] {
  return cellsOf(result, column).map((cell) => (cell instanceof Uint8Array ? new Uint8Array(cell) : null));
}

/** The values of the column `vector`, copied. */
export function vectorsOf(result: Rows, column = "vector"): Float32Array[] {
  return cellsOf(result, column).map((cell) => {
    const values: unknown = (cell as { toArray?: () => unknown } | null)?.toArray?.();
    return values instanceof Float32Array ? values.slice() : new Float32Array();
  });
}

function cellsOf(result: Rows, column: string): unknown[] {
  const vector = result.getChild(column);
  // A result without rows may come without columns.
  if (vector === null) return [];
  return Array.from({ length: result.numRows }, (_, row): unknown => vector.get(row));
}

function isVectors(type: DataType, cells: readonly Cell[]): type is FixedSizeList<Float32Type> {
  return cells.every((cell) => cell instanceof Float32Array) && "listSize" in type;
}

function vectorData(type: FixedSizeList<Float32Type>, cells: readonly Cell[]): ReturnType<typeof makeData> {
  const block = new Float32Array(cells.length * type.listSize);
  cells.forEach((cell, row) => {
    if (cell instanceof Float32Array) block.set(cell, row * type.listSize);
  });
  const child = makeData({ type: new Float32(), length: block.length, nullCount: 0, data: block });
  return makeData({ type, length: cells.length, nullCount: 0, child });
}

function isBytes(type: DataType, cells: readonly Cell[]): type is Binary {
  return DataType.isBinary(type) && cells.every((cell) => cell instanceof Uint8Array);
}

function binaryData(type: Binary, cells: readonly Cell[]): ReturnType<typeof makeData> {
  const arrays = cells.filter((cell) => cell instanceof Uint8Array);
  const valueOffsets = new Int32Array(arrays.length + 1);
  for (const [row, { length }] of arrays.entries()) valueOffsets[row + 1] = (valueOffsets[row] ?? 0) + length;
  const data = new Uint8Array(valueOffsets.at(-1) ?? 0);
  for (const [row, bytes] of arrays.entries()) data.set(bytes, valueOffsets[row]);
  return makeData({ type, length: arrays.length, nullCount: 0, valueOffsets, data });
}

function plainData(type: DataType, cells: readonly Cell[]): ReturnType<typeof makeData> {
  const [data] = vectorFromArray(cells, type).data;
  if (data === undefined) throw new Error("a column of no rows can't be written");
  return data;
}
