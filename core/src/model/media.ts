/** The kinds of picture that are stored and served. SVG is not among them: opened by itself it is a document with script. */

export const assetMediaTypes = {
  png: "image/png",
  jpg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  avif: "image/avif",
} as const;

export type AssetExtension = keyof typeof assetMediaTypes;
export type AssetMediaType = (typeof assetMediaTypes)[AssetExtension];

/** The form of every asset id; anything else is not worth a look into the index. */
export const assetIdPattern: RegExp = /^[0-9a-f]{32}\.(?:png|jpg|gif|webp|avif)$/u;
