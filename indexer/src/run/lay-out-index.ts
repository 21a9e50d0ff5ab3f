/** The artifacts that belong to a whole generation: the map's layout. */
import { normalized } from "@nonmun/core/model/vectors";
import type { Artifacts, IndexWriter } from "@nonmun/core/ports/index-store";
import { layOutMap } from "../map/lay-out-map.ts";
import type { MapPosition } from "../map/types.ts";

/** Name of the layout among the artifacts: JSON, a list of `{ id, x, y }` with coordinates from 0 to 1. */
export const mapLayoutArtifact = "map-layout";

/** Lays out everything that would be published now, beginning from where the papers lay before. */
export async function layOutIndex(writer: IndexWriter): Promise<Artifacts> {
  const papers = {
    ids: await writer.papers(),
    vectors: async (ids: readonly string[]) => paperVectors(await writer.vectors(ids)),
  };
  const layout = await layOutMap(papers, decode(await writer.artifact(mapLayoutArtifact)));
  return { [mapLayoutArtifact]: new TextEncoder().encode(JSON.stringify(layout)) };
}

/** The mean of each paper's chunk vectors, in length 1; chunk ids are `<paper id>#<ordinal>`. */
function paperVectors(chunks: ReadonlyMap<string, Float32Array>): ReadonlyMap<string, Float32Array> {
  const sums = new Map<string, Float32Array>();
  for (const [chunkId, vector] of [...chunks].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const paperId = chunkId.slice(0, chunkId.lastIndexOf("#"));
    const sum = sums.get(paperId);
    if (sum === undefined) sums.set(paperId, vector.slice());
    else for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] as number) + (vector[d] as number);
  }
  return new Map([...sums].map(([id, sum]) => [id, normalized(sum)]));
}

function decode(bytes: Uint8Array | null): readonly MapPosition[] {
  return bytes === null ? [] : (JSON.parse(new TextDecoder().decode(bytes)) as readonly MapPosition[]);
}
