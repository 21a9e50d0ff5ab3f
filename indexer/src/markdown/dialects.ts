/** The two dialects that posts are written in, as parsers: MDX, which refuses much, and Markdown, which refuses nothing. */
import type { Root } from "mdast";
import remarkCjkFriendly from "remark-cjk-friendly";
import remarkCjkFriendlyStrikethrough from "remark-cjk-friendly-gfm-strikethrough";
import remarkDirective from "remark-directive";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { type Data, type Processor, unified } from "unified";
import { isTooDeep } from "./depth.ts";
import { guardInlineMath } from "./inline-math.ts";
import { parseInSegments } from "./segments.ts";

/** GFM, math, `:::` containers and raw HTML. Refuses nothing that `guard` lets through. */
export function parseMarkdown(source: string): Root {
  return parseInSegments(source, (text) => markdown.parse(text));
}

/**
 * The same with MDX in place of raw HTML and indented code.
 *
 * @throws VFileMessage with the place and the reason when `source` is not MDX; RangeError when it is nested too deeply.
 */
export function parseMdx(source: string): Root {
  const tree = parseInSegments(source, (text) => mdx.parse(text));
  if (isTooDeep(tree)) throw new RangeError("Elements are nested too deeply.");
  return tree;
}

const markdown = unified().use(remarkParse).use(shared).freeze();
const mdx = unified().use(remarkParse).use(shared).use(remarkMdx).freeze();

/**
 * Single tildes stay text: Korean writes ranges with them (`3~4개, 5~6개`), which GFM would strike out.
 */
function shared(this: Processor): void {
  this.use(remarkGfm, { singleTilde: false })
    .use(remarkCjkFriendly)
    .use(remarkCjkFriendlyStrikethrough, { singleTilde: false })
    .use(remarkMath)
    .use(guardMath)
    .use(remarkDirective)
    .use(containersOnly);
}

type Extension = NonNullable<Data["micromarkExtensions"]>[number];

function guardMath(this: Processor): void {
  replaceLast(this.data(), (extension) => guardInlineMath(extension));
}

/** Keeps `:::note` and drops `:name` and `::name`, which would eat `10:30` and `std::vector` from prose. */
function containersOnly(this: Processor): void {
  replaceLast(this.data(), (extension) => {
    const colon = 58;
    const constructs = extension.flow?.[colon];
    const container = Array.isArray(constructs) ? constructs[0] : constructs;
    return container === undefined ? {} : { flow: { [colon]: container } };
  });
}

function replaceLast(data: Data, change: (extension: Extension) => Extension): void {
  const extensions = data.micromarkExtensions ?? [];
  const last = extensions.pop();
  if (last !== undefined) extensions.push(change(last));
  data.micromarkExtensions = extensions;
}
