/** Marks what was searched for in the review that is open, and brings it into view on arrival. */
import type { PaperDetail, SectionHit } from "@nonmun/core/contract";
import { askSearch } from "#lib/api/client.ts";
import { apiParameters, emptySearch } from "#lib/search/url.ts";
import { compact, findPassages, type Passage } from "./passages.ts";

export interface Arrival {
  readonly paper: PaperDetail;
  readonly query: string;
  /** The anchor in the address, percent-encoded as it stands there. */
  readonly arrivedAt: string;
}

/**
 * Asks which passages of this paper answer the query and marks them through the highlight registry, which leaves the
 * document as it is. Returns the function that takes the marks off again.
 */
export function markPassages(
  body: HTMLElement,
  arrival: Arrival,
  tell: (found: boolean) => void,
): (() => void) | undefined {
  if (arrival.query.trim() === "") return undefined;
  const controller = new AbortController();
  void mark(body, arrival, controller.signal).then(
    (found) => {
      if (!controller.signal.aborted) tell(found);
    },
    (error: unknown) => {
      if (!controller.signal.aborted) throw error;
    },
  );
  return () => {
    controller.abort();
    for (const kind of kinds) globalThis.CSS?.highlights?.delete(highlightName(kind));
    tell(false);
  };
}

const kinds = ["literal", "meaning"] as const;

function highlightName(kind: (typeof kinds)[number]): string {
  return `nonmun-${kind}`;
}

async function mark(body: HTMLElement, arrival: Arrival, signal: AbortSignal): Promise<boolean> {
  const sections = await sectionsOf(arrival, signal);
  if (signal.aborted || sections.length === 0) return false;
  const text = readText(body);
  const anchor = decodeURIComponent(arrival.arrivedAt);
  const inOrder = sections.toSorted((a, b) => Number(b.anchor === anchor) - Number(a.anchor === anchor));
  const passages = inOrder.flatMap(({ snippet, anchor }) =>
    findPassages(text.compact, snippet, text.startOf(anchor)),
  );
  const [first] = passages;
  if (first === undefined) return false;
  highlight(passages, text);
  for (const passage of passages) text.blockAt(passage.start)?.setAttribute("data-passage", "");
  reveal(text.blockAt(first.start));
  return true;
}

/** The search among the papers of this post, so that the marks are those of the list that led here. */
async function sectionsOf({ paper, query }: Arrival, signal: AbortSignal): Promise<readonly SectionHit[]> {
  const parameters = apiParameters({ ...emptySearch, q: query, post: paper.post.path }, 0, 50);
  const answer = await askSearch(fetch, parameters, signal);
  if (!answer.ok) return [];
  return answer.value.results.find((result) => result.paper.id === paper.id)?.sections ?? [];
}

interface ReviewText {
  readonly compact: string;
  range(start: number, end: number): Range;
  blockAt(at: number): Element | null;
  /** Where the text after an element's beginning starts; 0 when there is no such element. */
  startOf(anchor: string): number;
}

function readText(body: HTMLElement): ReviewText {
  const nodes: Text[] = [];
  const starts: number[] = [];
  let whole = "";
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(".heading-link, .code-frame > button, annotation") == null
      ? NodeFilter.FILTER_ACCEPT
      : NodeFilter.FILTER_REJECT,
  );
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    nodes.push(node);
    starts.push(whole.length);
    whole += node.data;
  }
  const { text, offsets } = compact(whole);
  const placeOf = (at: number): { readonly node: Text; readonly offset: number } | null => {
    const offset = offsets[at];
    if (offset === undefined) return null;
    const index = starts.findLastIndex((start) => start <= offset);
    const node = nodes[index];
    return node === undefined ? null : { node, offset: offset - (starts[index] ?? 0) };
  };
  return {
    compact: text,
    range(start, end) {
      const range = new Range();
      const [first, last] = [placeOf(start), placeOf(end - 1)];
      if (first !== null) range.setStart(first.node, first.offset);
      if (last !== null) range.setEnd(last.node, last.offset + 1);
      return range;
    },
    blockAt: (at) =>
      placeOf(at)?.node.parentElement?.closest(
        "p, li, pre, tr, blockquote, figcaption, h2, h3, h4, h5, h6, div",
      ) ?? null,
    startOf(anchor) {
      const element = document.getElementById(anchor);
      const index =
        element === null
          ? -1
          : nodes.findIndex(
              (node) => element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING,
            );
      const offset = starts[index];
      return offset === undefined
        ? 0
        : Math.max(
            offsets.findIndex((at) => at >= offset),
            0,
          );
    },
  };
}

/** Browsers without the highlight registry show the passage's block alone. */
function highlight(passages: readonly Passage[], text: ReviewText): void {
  if (globalThis.CSS?.highlights === undefined) return;
  const marks = passages.flatMap((passage) => passage.marks);
  for (const kind of kinds) {
    const ranges = marks.filter((mark) => mark.kind === kind).map(({ start, end }) => text.range(start, end));
    CSS.highlights.set(highlightName(kind), new Highlight(...ranges));
  }
}

/** Moves the window only when the passage is not in it already. */
function reveal(block: Element | null): void {
  const box = block?.getBoundingClientRect();
  if (box === undefined || (box.top >= 0 && box.bottom <= innerHeight)) return;
  block?.scrollIntoView({ block: "center" });
}
