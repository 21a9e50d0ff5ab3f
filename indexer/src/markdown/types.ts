/** What reading a post takes. */
import type { AssetLoader } from "../render/types.ts";

export interface PostSource {
  /** Below the content folder, with `/`, in NFC. */
  readonly path: string;
  /** The file as it is on disk: the reader decodes it. */
  readonly bytes: Uint8Array;
  readonly loadAsset: AssetLoader;
}

export interface ReadOptions {
  /** Spelling of an org to the spelling that is kept, both folded. */
  readonly orgAliases: ReadonlyMap<string, string>;
}
