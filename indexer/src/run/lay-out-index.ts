/** The artifacts that belong to a whole generation: the map's layout. */
import type { IndexWriter } from "@nonmun/core/ports/index-store";
import { layOutMap, type MapPosition } from "../map/lay-out-map.ts";

/** Name of the layout among the artifacts: JSON, a list of `{ id, x, y }` with coordinates from 0 to 1. */
export const mapLayoutArtifact = "map-layout";

/** Lays out everything that would be published now, beginning from where the papers lay before. */
export async function layOutIndex(writer: IndexWriter): Promise<Readonly<Record<string, Uint8Array>>> {
  const vectors = paperVectors(await writer.vectors());
  const layout = layOutMap(vectors, decode(await writer.artifact(mapLayoutArtifact)));
  return { [mapLayoutArtifact]: new TextEncoder().encode(JSON.stringify(layout)) };
}

/** The mean of each paper's chunk vectors; chunk ids are `<paper id>#<ordinal>`. */
function paperVectors(chunks: ReadonlyMap<string, Float32Array>): ReadonlyMap<string, Float32Array> {
  const sums = new Map<string, Float32Array>();
  for (const [chunkId, vector] of [...chunks].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const paperId = chunkId.slice(0, chunkId.lastIndexOf("#"));
    const sum = sums.get(paperId);
    if (sum === undefined) sums.set(paperId, vector.slice());
    else for (const [index, value] of vector.entries()) sum[index] = (sum[index] ?? 0) + value;
  }
  for (const sum of sums.values()) {
    const length = Math.hypot(...sum) || 1;
    for (const [index, value] of sum.entries()) sum[index] = value / length;
  }
  return sums;
}

function decode(bytes: Uint8Array | null): readonly MapPosition[] {
  return bytes === null ? [] : (JSON.parse(new TextDecoder().decode(bytes)) as readonly MapPosition[]);
}
