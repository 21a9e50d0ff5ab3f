/** How many papers fall into each month, with the empty months between the first and the last. */

export interface MonthCount {
  /** `2025-10`. */
  readonly month: string;
  readonly count: number;
}

/** Longest row of months; what is older is left out, so that a wrong date can't make thousands. */
const mostMonths = 120;

export function countMonths(
  dates: readonly (string | null)[],
  range = monthRange(dates),
): readonly MonthCount[] {
  const counts = new Map<string, number>();
  for (const date of dates) {
    if (date !== null) counts.set(date.slice(0, 7), (counts.get(date.slice(0, 7)) ?? 0) + 1);
  }
  return range.map((month) => ({ month, count: counts.get(month) ?? 0 }));
}

/** All months from the first to the last date. */
export function monthRange(dates: readonly (string | null)[]): readonly string[] {
  const months = dates.filter((date) => date !== null).map((date) => date.slice(0, 7));
  const sorted = months.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const range: string[] = [];
  for (let at = indexOf(last); at >= indexOf(first) && range.length < mostMonths; at -= 1) {
    range.unshift(`${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`);
  }
  return range;
}

/** The last day of a month, for a search that ends with it. */
export function lastDay(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`;
}

function indexOf(month: string): number {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return year * 12 + number - 1;
}
