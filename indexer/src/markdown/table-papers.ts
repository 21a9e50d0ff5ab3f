/** Finds the papers of a post that lists them in a table, a row each. */
import { fold } from "@nonmun/core/text/normalize";
import type { Heading, Paragraph, RootContent, Table, TableCell, TableRow } from "mdast";
import { dateFrom } from "./dates.ts";
import type { Draft, Outline } from "./draft.ts";
import { orgName, readTitleLine, type TitleLine } from "./heading-line.ts";
import { lineText } from "./inline-text.ts";
import { isPaperUrl } from "./links.ts";

/** Part of the body rows that must link a paper before a table counts as a list of papers: others are results or indexes. */
const linkedShare = 0.6;

/** The papers of a table, or null when it is no list of papers. `anchor` is that of the heading above. */
export function papersOfTable(
  table: Table,
  anchor: string,
  { targets }: Pick<Outline, "targets">,
): readonly Draft[] | null {
  const [head, ...body] = table.children;
  if (head === undefined || body.length === 0) return null;
  const columns = columnsOf(head);
  const rows = body.map((row) => ({ row, line: readRow(row, columns, targets) }));
  const linked = rows.filter(({ line }) => line.url !== null && isPaperUrl(line.url));
  if (linked.length === 0 || linked.length < linkedShare * body.length) return null;
  return rows.map(({ row, line }) => draftOf(row, line, columns, anchor));
}

interface Columns {
  readonly names: readonly string[];
  readonly title: number;
  readonly orgs: number;
  readonly date: number;
}

function columnsOf(head: TableRow): Columns {
  const names = head.children.map((cell) => lineText(cell.children));
  const find = (pattern: RegExp): number => names.findIndex((name) => pattern.test(fold(name)));
  const title = find(/^(?:paper ?)?title|^제목|^논문(?: ?제목|명)?$|^papers?$|^name$/u);
  return {
    names,
    title: title === -1 ? 0 : title,
    orgs: find(/^(?:org|orgs|organi[sz]ations?|affiliations?|institutions?|기관|소속|회사)$/u),
    date: find(/^(?:date|published|날짜|일자|발행일|게재일)$/u),
  };
}

/** The title is in its column; the link may be in a column of its own. */
function readRow(row: TableRow, columns: Columns, targets: Outline["targets"]): TitleLine {
  const titleCell = row.children[columns.title];
  const line = readTitleLine(titleCell?.children ?? [], targets);
  if (line.url !== null) return line;
  for (const cell of row.children) {
    const other = readTitleLine(cell.children, targets);
    if (other.url !== null && isPaperUrl(other.url)) {
      return {
        ...line,
        url: other.url,
        arxivId: other.arxivId ?? line.arxivId,
        title: line.title || other.title,
      };
    }
  }
  return line;
}

function draftOf(row: TableRow, line: TitleLine, columns: Columns, anchor: string): Draft {
  const titleCell = row.children[columns.title];
  const heading = titleHeading(row, titleCell);
  const orgs = columns.orgs === -1 ? [] : cellList(row.children[columns.orgs]);
  const own = columns.date === -1 ? null : dateFrom(lineText(row.children[columns.date]?.children ?? []));
  const paragraphs = row.children.flatMap((cell, column) =>
    column === columns.title ? [] : labelledParagraph(columns.names[column] ?? "", cell),
  );
  return {
    kind: "paper",
    title: line.title || line.arxivId || line.url || lineText(row.children),
    subtitle: null,
    arxivId: line.arxivId,
    url: line.url,
    badges: [...new Set([...line.badges, ...orgs])],
    tags: [],
    date: own,
    anchor,
    nodes: [heading, ...paragraphs],
    own: new Set<RootContent>([heading]),
  };
}

/** A row becomes a small review: its title as heading, every other cell as a paragraph that begins with its column's name. */
function titleHeading(row: TableRow, cell: TableCell | undefined): Heading {
  const source = cell ?? row;
  return {
    type: "heading",
    depth: 2,
    children: cell?.children ?? [],
    ...(source.position === undefined ? {} : { position: source.position }),
  };
}

function labelledParagraph(name: string, cell: TableCell): readonly Paragraph[] {
  if (lineText(cell.children) === "") return [];
  const label: Paragraph["children"] =
    name === ""
      ? []
      : [
          { type: "strong", children: [{ type: "text", value: `${name}:` }] },
          { type: "text", value: " " },
        ];
  const position = cell.position === undefined ? {} : { position: cell.position };
  return [{ type: "paragraph", children: [...label, ...cell.children], ...position }];
}

function cellList(cell: TableCell | undefined): readonly string[] {
  return lineText(cell?.children ?? [])
    .split(/[,;·/]/u)
    .map(orgName)
    .filter((org) => org !== "" && org !== "-");
}
