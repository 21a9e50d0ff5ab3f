/** Tables for the terminal and for Markdown. */

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Columns apart by two blanks; those that hold numbers alone are set right. */
export function textTable({ title, head, rows }: Table): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => columns(row[column] ?? ""))));
  const right = head.map((_, column) => rows.every((row) => isNumeric(row[column] ?? "")));
  const lines = all.map((row) =>
    head
      .map((_, column) => {
        const cell = row[column] ?? "";
        const fill = " ".repeat((widths[column] ?? 0) - columns(cell));
        return right[column] === true ? fill + cell : cell + fill;
      })
      .join("  ")
      .trimEnd(),
  );
  return [title, ...lines].join("\n");
}

export function markdownTable({ title, head, rows }: Table): string {
  const right = head.map((_, column) => rows.every((row) => isNumeric(row[column] ?? "")));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = `|${right.map((numbers) => (numbers ? " ---: " : " --- ")).join("|")}|`;
  return [`### ${title}`, "", line(head), rule, ...rows.map(line)].join("\n");
}

/** Columns that a text takes on a terminal: Hangul, Han, kana and full-width forms take two. */
function columns(text: string): number {
  const wide =
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;
  return Array.from(text.normalize("NFC")).reduce(
    (sum, character) => sum + (wide.test(character) ? 2 : 1),
    0,
  );
}

function isNumeric(cell: string): boolean {
  return /^(–|[[+−]?\d[\d.,\s%×\]−]*(ms|s|MB)?)$/u.test(cell);
}
