/** The newest reviews as an Atom feed (RFC 4287). */
import { createHash } from "node:crypto";
import type { PaperCard } from "@nonmun/core/ports/index-store";
import { paperHref } from "@nonmun/core/search/links";
import { xmlText } from "./xml.ts";

export interface FeedEntry {
  readonly card: PaperCard;
  /** How the review begins, as plain text. */
  readonly summary: string;
}

export interface FeedSite {
  /** `https://papers.example`, without a slash at the end. */
  readonly origin: string;
  /** When the index was made, ISO 8601: for entries without a date, and for an empty feed. */
  readonly madeAt: string;
}

export function atomFeed(entries: readonly FeedEntry[], { origin, madeAt }: FeedSite): string {
  const newest = entries.find(({ card }) => card.date !== null)?.card.date ?? null;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    "  <title>Nonmun: paper reviews</title>",
    `  <id>${stableId("feed")}</id>`,
    `  <link href="${xmlText(origin)}/"/>`,
    `  <link rel="self" type="application/atom+xml" href="${xmlText(origin)}/feed.xml"/>`,
    `  <updated>${xmlText(timestamp(newest, madeAt))}</updated>`,
    "  <author><name>Nonmun</name></author>",
    ...entries.map((entry) => atomEntry(entry, origin, madeAt)),
    "</feed>",
    "",
  ].join("\n");
}

function atomEntry({ card, summary }: FeedEntry, origin: string, madeAt: string): string {
  const title = card.subtitle === null ? card.title : `${card.title}: ${card.subtitle}`;
  const categories = [...card.orgs, ...card.tags].map((term) => `    <category term="${xmlText(term)}"/>`);
  return [
    "  <entry>",
    `    <title>${xmlText(title)}</title>`,
    `    <id>${stableId(card.id)}</id>`,
    `    <link href="${xmlText(origin + paperHref(card.id))}"/>`,
    ...(card.url === null || !isWeb(card.url)
      ? []
      : [`    <link rel="related" href="${xmlText(card.url)}"/>`]),
    `    <updated>${xmlText(timestamp(card.date, madeAt))}</updated>`,
    ...categories,
    `    <summary>${xmlText(summary)}</summary>`,
    "  </entry>",
  ].join("\n");
}

/** A version 5 UUID (RFC 9562) of the paper's id: the same under every address the site has or will have. */
function stableId(name: string): string {
  const hash = createHash("sha1").update(`nonmun:${name}`, "utf8").digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function timestamp(date: string | null, madeAt: string): string {
  return date === null ? madeAt : `${date}T00:00:00Z`;
}

function isWeb(url: string): boolean {
  return /^https?:\/\//iu.test(url);
}
