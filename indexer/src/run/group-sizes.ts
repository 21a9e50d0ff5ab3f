/** When the posts that were read are enough for a group: enough to pay for its commit, few enough that a kill costs little. */

import type { Chunk } from "@nonmun/core/model/chunk";
import type { Asset } from "@nonmun/core/model/paper";

/** What counts of a post that was read. */
export interface Sized {
  readonly chunks: readonly Chunk[];
  readonly assets: readonly Asset[];
  /** Size of the post's file in bytes. */
  readonly size: number;
}

/** The first group is small: until it is read, the encoder has nothing to do. */
const firstGroupChunks = 16;
/** Each next one may be this many times as large: it is read while the one before is embedded, which takes longer. */
const growth = 4;
/** Some seconds of embedding. A commit costs 35 ms of CPU, whatever it holds. */
const groupChunks = 256;
/** Towards the end groups grow smaller, down to this: while the last one is stored, the encoder has nothing to do. */
const lastGroupChunks = 64;
/** Of pictures, which are held until the group is stored. */
const groupAssetBytes = 16 * 2 ** 20;

/** @param bytes of all posts that will be read; told the posts in turn, `isEnough` says whether one closes its group. */
export function createGroupSizes(bytes: number): { isEnough(post: Sized): boolean } {
  let most = firstGroupChunks;
  const group = { chunks: 0, assetBytes: 0 };
  const all = { chunks: 0, bytes: 0 };
  return {
    isEnough({ chunks, assets, size }) {
      all.chunks += chunks.length;
      all.bytes += size;
      group.chunks += chunks.length;
      group.assetBytes += assets.reduce((sum, asset) => sum + asset.bytes.length, 0);
      const left = (Math.max(0, bytes - all.bytes) * all.chunks) / Math.max(1, all.bytes);
      const half = Math.max(lastGroupChunks, (group.chunks + left) / 2);
      if (group.chunks < Math.min(most, half) && group.assetBytes < groupAssetBytes) return false;
      group.chunks = 0;
      group.assetBytes = 0;
      most = Math.min(groupChunks, most * growth);
      return true;
    },
  };
}
