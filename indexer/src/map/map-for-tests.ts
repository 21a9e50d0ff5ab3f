/** Papers in a few directions, and a source of them that notes what it is asked for: what the tests of maps share. */
import { normalized } from "@nonmun/core/model/vectors";
import { seededRandom } from "./seeded-random.ts";
import type { MapPapers, MapPosition } from "./types.ts";

/** Papers in `groups` directions, `each` of them in each, with a little noise; ids say the group: `0-3`. */
export function groupedPapers(groups: number, each = 12): Map<string, Float32Array> {
  const random = seededRandom(7);
  const vectors = new Map<string, Float32Array>();
  for (let group = 0; group < groups; group += 1) {
    for (let i = 0; i < each; i += 1) {
      const vector = Float32Array.from({ length: 16 }, (_, d) => (d === group ? 1 : 0.1 * random()));
      vectors.set(`${group}-${i}`, normalized(vector));
    }
  }
  return vectors;
}

export function groupOf({ id }: Pick<MapPosition, "id">): string | undefined {
  return id.split("-")[0];
}

export interface AskedPapers extends MapPapers {
  /** The ids of each question, in turn. */
  readonly asked: readonly (readonly string[])[];
}

export function papersOf(vectors: ReadonlyMap<string, Float32Array>): AskedPapers {
  const asked: (readonly string[])[] = [];
  return {
    ids: [...vectors.keys()],
    asked,
    async vectors(ids) {
      asked.push(ids);
      // In another order than asked for: a store promises none.
      return new Map([...ids].reverse().flatMap((id) => [[id, vectors.get(id) ?? new Float32Array()]]));
    },
  };
}
