/** Where a paper is: in Nonmun, and in the blog it was written for. */
import type { PaperSummary } from "../contract.ts";
import type { PaperCard } from "../ports/index-store.ts";

/** `/papers/<id>`, each part percent-encoded. */
export function paperHref(id: string): string {
  return `/papers/${id.split("/").map(encodeURIComponent).join("/")}`;
}

/**
 * The review in the original blog. `siteUrl` is either a prefix (`https://blog.example/docs`: the post's slug is
 * appended) or a template with `{slug}`, `{name}`, `{year}`, `{month}`, `{day}`, for blogs that put the date into the path
 * (`https://blog.example/{year}/{month}/{day}/{name}`; `{name}` is the file's name without a leading date).
 */
export function sourceHref(card: PaperCard, siteUrl: string | null): string | null {
  const page = postSourceHref({ slug: card.postSlug, date: card.date }, siteUrl);
  return page === null ? null : `${page}#${encodeURIComponent(card.anchor)}`;
}

export function postSourceHref(
  post: { readonly slug: string; readonly date: string | null },
  siteUrl: string | null,
): string | null {
  if (siteUrl === null) return null;
  const slug = encodePath(post.slug.replace(/^\/+/u, ""));
  if (!siteUrl.includes("{")) return `${siteUrl.replace(/\/+$/u, "")}/${slug}`;
  const [year = "", month = "", day = ""] = (post.date ?? "").split("-");
  const name = (slug.split("/").at(-1) ?? "").replace(/^\d{4}-\d{2}-\d{2}-/u, "");
  const parts: Readonly<Record<string, string>> = { slug, name, year, month, day };
  return siteUrl.replace(/\{(slug|name|year|month|day)\}/gu, (_, key: string) => parts[key] ?? "");
}

export function summarize(card: PaperCard, siteUrl: string | null): PaperSummary {
  return {
    id: card.id,
    kind: card.kind,
    title: card.title,
    subtitle: card.subtitle,
    arxivId: card.arxivId,
    url: card.url,
    orgs: card.orgs,
    tags: card.tags,
    date: card.date,
    post: { path: card.postPath, title: card.postTitle },
    href: paperHref(card.id),
    sourceHref: sourceHref(card, siteUrl),
  };
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
