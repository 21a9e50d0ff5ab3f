/** Posts by time, a page at a time, with the way to each year. */
import type { PostSummary } from "@nonmun/core/contract";

export interface ListedPost {
  readonly path: string;
  readonly title: string;
  readonly date: string | null;
  readonly sourceHref: string | null;
  readonly papers: readonly {
    readonly title: string;
    readonly href: string;
    readonly orgs: readonly string[];
  }[];
}

export interface YearLink {
  /** Null for posts without a date. */
  readonly year: string | null;
  readonly posts: number;
  /** Where the year begins. */
  readonly page: number;
}

export interface PostPage {
  readonly page: number;
  readonly pages: number;
  readonly years: readonly YearLink[];
  readonly groups: readonly (readonly [year: string | null, posts: readonly ListedPost[]])[];
}

const postsMax = 20;

/** @param wanted a page from 1; one that there is none of becomes the nearest that there is */
export function pageOfPosts(posts: readonly PostSummary[], wanted: number): PostPage {
  const sorted = posts.toSorted((a, b) => (b.date ?? "").localeCompare(a.date ?? ""));
  const pages = Math.max(1, Math.ceil(sorted.length / postsMax));
  const page = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 1), pages) : 1;
  const years = [...Map.groupBy(sorted.entries(), ([, post]) => yearOf(post))].map(([year, found]) => ({
    year,
    posts: found.length,
    page: 1 + Math.floor((found[0]?.[0] ?? 0) / postsMax),
  }));
  const shown = sorted.slice((page - 1) * postsMax, page * postsMax).map(listed);
  return { page, pages, years, groups: [...Map.groupBy(shown, yearOf)] };
}

function listed({ path, title, date, sourceHref, papers }: PostSummary): ListedPost {
  return {
    path,
    title,
    date,
    sourceHref,
    papers: papers.map((paper) => ({ title: paper.title, href: paper.href, orgs: paper.orgs })),
  };
}

function yearOf({ date }: { readonly date: string | null }): string | null {
  return date?.slice(0, 4) ?? null;
}
