/** The names of regions in the page's language, at their places of the picture. */
import type { MapTopic } from "@nonmun/core/contract";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Topic } from "./labels.ts";
import { spread } from "./places.ts";
import { picture } from "./points.ts";

/** A topic without a Korean name keeps its English one, as the reviews themselves do. */
export function namedTopics(topics: readonly MapTopic[], locale: Locale): readonly Topic[] {
  return topics.map(({ en, ko, x, y }) => ({
    name: locale === "ko" ? (ko ?? en) : en,
    x: spread(x, picture.width),
    y: spread(y, picture.height),
  }));
}
