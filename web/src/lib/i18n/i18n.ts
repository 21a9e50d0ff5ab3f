/** The interface's words and formats for one language, handed down from the layout. */
import { createContext } from "svelte";
import { en, type Messages } from "./en.ts";
import { ko } from "./ko.ts";
import type { Locale } from "./locale.ts";
import { publishedMessages } from "./published.ts";

export interface I18n {
  readonly locale: Locale;
  readonly t: Messages;
  /** `2025-10-29` as people write it; the text itself when it is no date. */
  date(day: string): string;
  /** `2025-10` as people write it. */
  month(month: string): string;
  /** @param digits most digits after the point, 0 to 3 */
  number(value: number, digits?: number): string;
  /** 0 to 1 as a percentage. */
  percent(value: number): string;
}

/** @param isPublished for a page of a published site, which promises less */
export function i18nOf(locale: Locale, isPublished: boolean): I18n {
  const served = locale === "ko" ? ko : en;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const month = new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", timeZone: "UTC" });
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  // Making a format takes as long as a hundred uses of it.
  const numbers = [0, 1, 2, 3].map(
    (digits) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }),
  );
  return {
    locale,
    t: isPublished ? publishedMessages(served, locale) : served,
    date: (text) => formatted(day, text, text),
    month: (text) => formatted(month, `${text}-01`, text),
    number: (value, digits = 0) => numbers[digits]?.format(value) ?? String(value),
    percent: (value) => percent.format(value),
  };
}

const [read, provide] = createContext<() => I18n>();

/** Called once, by the layout. */
export const provideI18n = provide;

/** The words of the page's language; call it while a component is made, read `.t` where they are shown. */
export function useI18n(): I18n {
  const current = read();
  return {
    get locale() {
      return current().locale;
    },
    get t() {
      return current().t;
    },
    date: (text) => current().date(text),
    month: (text) => current().month(text),
    number: (value, digits) => current().number(value, digits),
    percent: (value) => current().percent(value),
  };
}

function formatted(format: Intl.DateTimeFormat, isoDay: string, otherwise: string): string {
  const time = Date.parse(`${isoDay}T00:00:00Z`);
  return Number.isNaN(time) ? otherwise : format.format(time);
}
