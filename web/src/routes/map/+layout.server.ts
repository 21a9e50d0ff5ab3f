/** Where the points are: that doesn't depend on what is searched, so it travels once. */
import { askMap } from "#lib/api/client.ts";
import { expectValue } from "#lib/api/expect.ts";
import { placesOf } from "#lib/map/places.ts";
import { namedTopics } from "#lib/map/topics.ts";
import type { LayoutServerLoad } from "./$types.js";

export const load: LayoutServerLoad = async ({ fetch, locals, depends }) => {
  depends("nonmun:map");
  const { points, topics } = expectValue(await askMap(fetch));
  return { places: placesOf(points), topics: namedTopics(topics, locals.locale) };
};
