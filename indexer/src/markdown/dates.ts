/** Dates as people write them, to `YYYY-MM-DD`. */

/**
 * The first date in `text`, or null. Understands `2025-10-29`, `2025.10.29`, `2025/10/29`, `20251029`,
 * `2025년 10월 29일` and `October 29, 2025`; a day that the month doesn't have is no date.
 */
export function findDate(text: string): string | null {
  for (const pattern of patterns) {
    for (const found of text.matchAll(pattern)) {
      const { year, month, day } = found.groups ?? {};
      const date = makeDate(Number(year), monthNumber(month ?? ""), Number(day));
      if (date !== null) return date;
    }
  }
  return null;
}

/** A date as YAML, TOML or a table gives it: text, a `Date`, or something else. */
export function dateFrom(value: unknown): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : findDate(value.toISOString());
  if (typeof value === "string") return findDate(value);
  return typeof value === "number" ? findDate(String(value)) : null;
}

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

const patterns: readonly RegExp[] = [
  /(?<!\d)(?<year>(?:19|20)\d{2})(?<mark>[-./_])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?!\d)/gu,
  /(?<!\d)(?<year>(?:19|20)\d{2})\s?년\s?(?<month>\d{1,2})\s?월\s?(?<day>\d{1,2})\s?일/gu,
  /(?<!\d)(?<year>(?:19|20)\d{2})(?<month>[01]\d)(?<day>[0-3]\d)(?!\d)/gu,
  /(?<!\p{L})(?<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>(?:19|20)\d{2})(?!\d)/giu,
  /(?<!\d)(?<day>\d{1,2})(?:st|nd|rd|th)? (?<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?,? (?<year>(?:19|20)\d{2})(?!\d)/giu,
];

function monthNumber(month: string): number {
  if (/^\d+$/u.test(month)) return Number(month);
  return months.indexOf(month.slice(0, 3).toLowerCase()) + 1;
}

function makeDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : null;
}
