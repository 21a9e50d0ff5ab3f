/** Mends table rows: those that an export broke over two lines, and those with a `|` too many. */
import type { Root, TableRow } from "mdast";
import { eachNode } from "./each-node.ts";
import { rangeOf } from "./place.ts";

/**
 * Mends every table of a tree. A row that has too few cells and no closing `|`, followed by one that doesn't open with `|`, is one row: the last cell
 * of the first and the first cell of the second are one cell. Cells beyond the
 * last column, which a page would drop, are put back into it with the `|` that cut them off.
 */
export function mendRows(tree: Root, text: string): void {
  eachNode(tree, (table) => {
    if (table.type !== "table") return;
    const columns = table.children[0]?.children.length ?? 0;
    const rows: TableRow[] = [];
    for (const row of table.children) {
      const before = rows.at(-1);
      if (rows.length > 1 && before !== undefined && isContinuation(before, row, columns, text)) {
        rows[rows.length - 1] = joined(before, row);
      } else rows.push(row);
    }
    table.children = rows.map((row) => withoutExcess(row, columns));
  });
}

function isContinuation(before: TableRow, row: TableRow, columns: number, text: string): boolean {
  if (before.children.length >= columns) return false;
  const open = !/\|\s*$/u.test(sourceOf(before, text));
  return open && !/^\s*\|/u.test(sourceOf(row, text));
}

function withoutExcess(row: TableRow, columns: number): TableRow {
  const last = row.children[columns - 1];
  if (last === undefined || row.children.length <= columns) return row;
  const excess = row.children.slice(columns);
  const children = excess.flatMap((cell) => [{ type: "text" as const, value: " | " }, ...cell.children]);
  const mended = {
    ...last,
    ...spanned(last, excess.at(-1) ?? last),
    children: [...last.children, ...children],
  };
  return { ...row, children: [...row.children.slice(0, columns - 1), mended] };
}

function sourceOf(row: TableRow, text: string): string {
  const { start, end } = rangeOf(row);
  return text.slice(start, end);
}

function joined(first: TableRow, second: TableRow): TableRow {
  const left = first.children.at(-1);
  const right = second.children[0];
  if (left === undefined || right === undefined) return first;
  const position = spanned(first, second);
  const cellPosition = spanned(left, right);
  const cell = {
    ...left,
    ...cellPosition,
    children: [...left.children, { type: "text" as const, value: " " }, ...right.children],
  };
  return {
    ...first,
    ...position,
    children: [...first.children.slice(0, -1), cell, ...second.children.slice(1)],
  };
}

function spanned(
  first: TableRow | TableRow["children"][number],
  second: typeof first,
): Pick<TableRow, "position"> {
  if (first.position === undefined || second.position === undefined) return {};
  return { position: { start: first.position.start, end: second.position.end } };
}
