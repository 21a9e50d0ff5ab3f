/** What a person typed, understood: operators, quoted phrases, identifiers, and the words that are left. Never fails. */
import type { SearchFilters } from "../contract.ts";
import type { Filter } from "../ports/index-store.ts";
import { compose, fold, visible } from "../text/normalize.ts";
import { findIdentifiers } from "./identifiers.ts";

export interface Query {
  /** As typed, composed and trimmed, without invisible characters. */
  readonly raw: string;
  /** Words to search by meaning: without operators, excluded words and identifiers, with the text of quoted phrases. */
  readonly text: string;
  /** Quoted phrases, without their quotes. */
  readonly phrases: readonly string[];
  /** Words and phrases that a result must not hold. */
  readonly excluded: readonly string[];
  readonly arxivIds: readonly string[];
  readonly dois: readonly string[];
  readonly urls: readonly string[];
  readonly orgs: readonly string[];
  readonly tags: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  /** What looks like a condition on the date but has none: `after:2025-99-99`, `before:`. It is among the words of `text`. */
  readonly undated: readonly string[];
}

/** An operator's value may be quoted (`org:"uc berkeley"`). A minus counts only before a word: `GPT-4` and ` - ` are text. */
const operator =
  /(?<=^|\s)(?:(?<name>org|tag|after|before|from|to|소속|기관|태그)[:：](?:"(?<quoted>[^"]*)"|(?<value>[^\s"]+))|(?<minus>[-−])(?:"(?<minusPhrase>[^"]+)"|(?<minusWord>[\p{L}\p{N}][^\s"]*))|["“”](?<phrase>[^"“”]+)["“”])/giu;

/** `from:` and `to:` without a value are words of a letter's head. */
const bareDate = /(?<=^|\s)(?:after|before)[:：](?=\s|$)/giu;

export function parseQuery(typed: string): Query {
  const raw = visible(compose(typed)).trim();
  const parts = {
    phrases: [] as string[],
    excluded: [] as string[],
    orgs: [] as string[],
    tags: [] as string[],
    undated: [...raw.matchAll(bareDate)].map(([found]) => found),
  };
  let from: string | null = null;
  let to: string | null = null;
  const asText = (found: string): string => {
    parts.undated.push(found);
    return found;
  };
  const words = raw.replace(operator, (found, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    const phrase = groups.phrase?.trim();
    if (phrase !== undefined) {
      if (saysSomething(phrase) && !isIdentifier(phrase)) parts.phrases.push(phrase);
      return ` ${phrase} `;
    }
    const without = groups.minusPhrase ?? groups.minusWord;
    if (without !== undefined) {
      parts.excluded.push(without.trim());
      return " ";
    }
    const value = (groups.quoted ?? groups.value ?? "").trim();
    if (value === "") return found;
    switch (groups.name?.toLowerCase()) {
      case "org":
      case "소속":
      case "기관":
        parts.orgs.push(value);
        return " ";
      case "tag":
      case "태그":
        parts.tags.push(value);
        return " ";
      case "after":
      case "from": {
        const day = dayOf(value, "first");
        if (day === null) return asText(found);
        from = day;
        return " ";
      }
      default: {
        const day = dayOf(value, "last");
        if (day === null) return asText(found);
        to = day;
        return " ";
      }
    }
  });
  const identifiers = findIdentifiers(words);
  return {
    raw,
    text: identifiers.rest.replace(/\s+/gu, " ").trim(),
    ...parts,
    arxivIds: identifiers.arxivIds,
    dois: identifiers.dois,
    urls: identifiers.urls,
    from,
    to,
  };
}

/** Signs alone (`""`, `-`, `(((`) are what is left of a query that was taken back; a picture is a word. */
function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(text);
}

/** An id or address is meant as such when it is quoted, too: a review need not have it in its text. */
function isIdentifier(phrase: string): boolean {
  const { arxivIds, dois, urls, rest } = findIdentifiers(phrase);
  return arxivIds.length + dois.length + urls.length > 0 && !saysSomething(rest);
}

/** Whether a query asks for nothing but a list (with or without filters and words to leave out). */
export function isListing(query: Query): boolean {
  return (
    !saysSomething(query.text) &&
    query.arxivIds.length + query.dois.length + query.urls.length + query.phrases.length === 0
  );
}

/**
 * The filters of the address bar and of the query together: any of all named orgs and tags, the narrower of two dates.
 * `resolveOrg` turns an org as typed into the spellings that the index has.
 */
export function filtersOf(
  query: Query,
  filters: SearchFilters,
  resolveOrg: (name: string) => readonly string[],
): Filter {
  const orgs = [...(filters.org ?? []), ...query.orgs.flatMap(resolveOrg)];
  const tags = [...(filters.tag ?? []), ...query.tags];
  const from = latest(filters.from ?? null, query.from);
  const to = earliest(filters.to ?? null, query.to);
  return {
    ...(orgs.length > 0 ? { orgs: [...new Set(orgs.map(fold))] } : {}),
    ...(tags.length > 0 ? { tags: [...new Set(tags.map(fold))] } : {}),
    ...(filters.post !== undefined ? { post: filters.post } : {}),
    ...(from !== null ? { from } : {}),
    ...(to !== null ? { to } : {}),
  };
}

/** `2025`, `2025-10` and `2025-10-01` as the first or last day they cover; null for what is no date. */
function dayOf(value: string, side: "first" | "last"): string | null {
  const match = /^(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?$/u.exec(value);
  if (match === null) return null;
  const year = Number(match[1]);
  const month = match[2] === undefined ? (side === "first" ? 1 : 12) : Number(match[2]);
  if (month < 1 || month > 12) return null;
  const length = daysIn(year, month);
  const day = match[3] === undefined ? (side === "first" ? 1 : length) : Number(match[3]);
  if (day < 1 || day > length) return null;
  return `${match[1]}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function latest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

function earliest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
