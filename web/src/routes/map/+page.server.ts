/** The points of the map: they don't depend on what is searched, so they travel once. */
import { askMap } from "#lib/api/client.ts";
import { expectValue } from "#lib/api/expect.ts";
import { placePoints } from "#lib/map/points.ts";
import type { PageServerLoad } from "./$types.js";

export const load: PageServerLoad = async ({ fetch }) => {
  const { points } = expectValue(await askMap(fetch));
  return { points: placePoints(points) };
};
