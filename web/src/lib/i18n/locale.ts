/** The two languages of the interface, and how one is chosen. */

export const locales = ["ko", "en"] as const;
export type Locale = (typeof locales)[number];

/** Name of the cookie that remembers the choice. */
export const localeCookie = "nonmun-locale";

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

/**
 * The remembered language, else the one of ours that the browser likes best, else Korean, the language of the reviews.
 *
 * @param acceptLanguage the request header, like `en-GB,en;q=0.8,ko;q=0.5`
 */
export function chooseLocale(remembered: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(remembered)) return remembered;
  const wishes = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith("q="));
      const weight = quality === undefined ? 1 : Number.parseFloat(quality.slice(2));
      return { language: tag.slice(0, 2).toLowerCase(), weight: Number.isFinite(weight) ? weight : 0 };
    })
    .filter((wish) => wish.language !== "" && wish.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wishes) if (isLocale(language)) return language;
  return wishes.length > 0 ? "en" : "ko";
}
