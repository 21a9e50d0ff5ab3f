/** Tells where a picture is by what the post says: below the content folder, on another host, or nowhere to be read. */

export type ImageSource =
  | { readonly kind: "local"; readonly path: string }
  | { readonly kind: "remote"; readonly url: string; readonly host: string }
  | { readonly kind: "refused"; readonly name: string };

/** `data:`, `javascript:`, `file:` and other schemes are refused; an address without a scheme is a path. */
export function imageSource(source: string, longest: number): ImageSource {
  const plain = source.replace(/[\p{Cc}]+/gu, "").trim();
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):/u.exec(plain)?.[1]?.toLowerCase();
  if (plain === "" || plain.startsWith("{"))
    return { kind: "refused", name: plain === "" ? "" : plain.slice(0, 80) };
  if (scheme === undefined && !plain.startsWith("//")) {
    return plain.length > longest
      ? { kind: "refused", name: plain.slice(0, 80) }
      : { kind: "local", path: plain };
  }
  const remote = remoteUrl(scheme === undefined ? `https:${plain}` : plain, longest);
  return remote ?? { kind: "refused", name: scheme === "data" ? "data:" : plain.slice(0, 80) };
}

/** The last part of a path, readable, to stand in the place of a picture that cannot be shown. */
export function imageName(source: ImageSource): string {
  if (source.kind === "refused") return source.name;
  if (source.kind === "remote") return source.host;
  const last = source.path.split(/[?#]/u)[0]?.split(/[/\\]/u).at(-1) ?? "";
  return (decoded(last) || source.path).replace(/\p{Cc}+/gu, "").slice(0, 120);
}

export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign: the name was never encoded.
    return path;
  }
}

function remoteUrl(address: string, longest: number): ImageSource | null {
  if (!/^https?:/iu.test(address) || address.length > longest || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.username !== "" || url.password !== "" || url.host === "") return null;
  return { kind: "remote", url: url.href, host: url.host };
}
