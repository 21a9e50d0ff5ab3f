/** Proposes which spellings of an org are one: slips of the keyboard, blanks, and the word "university". */
import { fold } from "@nonmun/core/text/normalize";

export interface AliasProposal {
  readonly from: string;
  readonly to: string;
  /** Why they look alike, as part of a sentence. */
  readonly reason: string;
  /** How many papers bear each spelling. */
  readonly papers: readonly [from: number, to: number];
}

/** Fewer letters are too few to tell a slip from another name (`meta`, `beta`). */
const slipLetters = 6;

/**
 * Entries for `orgAliases`, most used target first. The spelling that more papers bear is kept, on a tie the
 * longer one; nothing is proposed between names that differ in a digit, or when two long forms claim one short form.
 */
export function proposeAliases(
  papers: readonly { readonly orgs: readonly string[] }[],
): readonly AliasProposal[] {
  const counts = new Map<string, number>();
  for (const { orgs } of papers) for (const org of orgs) counts.set(org, (counts.get(org) ?? 0) + 1);
  const names = [...counts.keys()].sort();
  const proposals = new Map<string, AliasProposal>();
  const propose = (a: string, b: string, reason: string): void => {
    const [from, to] = rank(a, counts) < rank(b, counts) ? [a, b] : [b, a];
    if (!proposals.has(from))
      proposals.set(from, { from, to, reason, papers: [counts.get(from) ?? 0, counts.get(to) ?? 0] });
  };
  for (const group of groupsBy(names, letters))
    pairs(group, (a, b) => propose(a, b, "blanks or punctuation differ"));
  for (const group of groupsBy(names, schoolName)) {
    if (new Set(group.map(schoolForm)).size <= 2)
      pairs(group, (a, b) => propose(a, b, "one is the short form of the other"));
  }
  names.forEach((a, at) => {
    for (const b of names.slice(at + 1)) {
      if ((counts.get(a) ?? 0) !== (counts.get(b) ?? 0) && isSlip(letters(a), letters(b)))
        propose(a, b, "a letter differs");
    }
  });
  return [...proposals.values()]
    .map((proposal) => resolved(proposal, proposals, counts))
    .sort((a, b) => b.papers[1] - a.papers[1] || (a.from < b.from ? -1 : 1));
}

/** Follows a target that is itself to be replaced. Ranks grow from step to step, so this ends. */
function resolved(
  proposal: AliasProposal,
  proposals: ReadonlyMap<string, AliasProposal>,
  counts: ReadonlyMap<string, number>,
): AliasProposal {
  let { to } = proposal;
  for (
    let next = proposals.get(to);
    next !== undefined && rank(to, counts) < rank(next.to, counts);
    next = proposals.get(to)
  ) {
    to = next.to;
  }
  return { ...proposal, to, papers: [proposal.papers[0], counts.get(to) ?? 0] };
}

/** Letters and digits alone. */
function letters(org: string): string {
  return fold(org).replace(/[^\p{L}\p{N}]+/gu, "");
}

const schoolWords = /(?<!\p{L})(?:the|university|univ|uni|of|대학교?)(?!\p{L})\.?/gu;

function schoolName(org: string): string {
  return letters(
    fold(org)
      .replace(schoolWords, " ")
      .replace(/(?<=\p{L}{2})(?:대학교|대)$/u, ""),
  );
}

/** `x`, `university of x` and `x university` may be two schools: Washington. */
function schoolForm(org: string): string {
  const folded = fold(org);
  if (/^(?:the )?univ(?:ersity|\.)? of /u.test(folded)) return "of";
  return schoolName(org) === letters(org) ? "short" : "long";
}

function groupsBy(names: readonly string[], key: (name: string) => string): readonly (readonly string[])[] {
  const groups = Map.groupBy(names, key);
  return [...groups].filter(([shared, group]) => shared !== "" && group.length > 1).map(([, group]) => group);
}

function pairs(group: readonly string[], visit: (a: string, b: string) => void): void {
  group.forEach((a, at) => {
    for (const b of group.slice(at + 1)) visit(a, b);
  });
}

/** More papers rank higher, then more letters. */
function rank(org: string, counts: ReadonlyMap<string, number>): number {
  return (counts.get(org) ?? 0) * 1000 + Math.min(org.length, 999);
}

/** One letter added, dropped, changed or swapped with its neighbour; never a digit, never the first letter. */
function isSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < slipLetters)
    return false;
  if (a[0] !== b[0] || a.replace(/\P{N}/gu, "") !== b.replace(/\P{N}/gu, "")) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
