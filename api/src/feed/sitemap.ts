/** Every page's address for crawlers (sitemaps.org), split where a single file may not hold them all. */
import type { PaperCard } from "@nonmun/core/ports/index-store";
import { paperHref } from "@nonmun/core/search/links";
import { xmlText } from "./xml.ts";

/** The protocol's limit for one file. */
export const urlsMax = 50_000;

const browsePages = ["/", "/posts", "/orgs", "/map"] as const;
const namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

/**
 * The sitemap; when there are more than `perFile` addresses, page null is a list of the pages 1, 2, … Null when there
 * is no such page.
 */
export function sitemap(
  catalogue: readonly PaperCard[],
  origin: string,
  page: number | null,
  perFile: number = urlsMax,
): string | null {
  const pages = Math.ceil((browsePages.length + catalogue.length) / perFile);
  if (page === null && pages > 1) return sitemapIndex(pages, origin);
  const wanted = page ?? 1;
  if (wanted < 1 || wanted > pages) return null;
  const urls = [
    ...browsePages.map((path) => urlEntry(origin + path, null)),
    ...catalogue.map((card) => urlEntry(origin + paperHref(card.id), card.date)),
  ];
  return document("urlset", urls.slice((wanted - 1) * perFile, wanted * perFile));
}

function sitemapIndex(pages: number, origin: string): string {
  const entries = Array.from({ length: pages }, (_, i) => {
    return `  <sitemap><loc>${xmlText(`${origin}/sitemap.xml?page=${i + 1}`)}</loc></sitemap>`;
  });
  return document("sitemapindex", entries);
}

function urlEntry(address: string, date: string | null): string {
  const modified = date === null ? "" : `<lastmod>${xmlText(date)}</lastmod>`;
  return `  <url><loc>${xmlText(address)}</loc>${modified}</url>`;
}

function document(root: "urlset" | "sitemapindex", lines: readonly string[]): string {
  const head = `<?xml version="1.0" encoding="utf-8"?>\n<${root} xmlns="${namespace}">`;
  return [head, ...lines, `</${root}>`, ""].join("\n");
}
