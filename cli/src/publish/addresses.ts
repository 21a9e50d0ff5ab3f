/** Where each address of the served site lives in the published folder, and how one published page links to another. */

/** Stands for the address that the site will have, until that is known. Reserved by RFC 2606: it is nobody's. */
export const placeholderOrigin = "http://nonmun.invalid";

/** An address of the served site in the published one. */
export interface Target {
  /** Path in the site, decoded and in NFC, with a slash at the end for a page: `papers/글/제목/`. */
  readonly path: string;
  /** Query and fragment that stay: only the search page reads its own. */
  readonly rest: string;
  /** What has to be asked of the server to write it. */
  readonly source: string;
  readonly kind: "page" | "file";
}

const files = new Set(["/feed.xml", "/sitemap.xml", "/robots.txt", "/icon.svg", "/manifest.webmanifest"]);

/**
 * Reads an address that begins at the root of the served site. Null for what a folder of files can't be: settings kept by the
 * server, the API and its pages.
 */
export function targetOf(address: string): Target | null {
  const url = URL.parse(address, placeholderOrigin);
  if (url === null || url.origin !== placeholderOrigin) return null;
  const { pathname, searchParams: query, hash } = url;
  const path = decoded(pathname);
  if (path === null) return null;
  if (/^\/(?:_app|assets)\//u.test(pathname) || files.has(pathname)) {
    return { path: path.slice(1), rest: "", source: pathname, kind: "file" };
  }
  const citation = /^\/api\/papers\/(.+)\/bibtex$/u.exec(path)?.[1];
  if (citation !== undefined) {
    return { path: `papers/${citation}/citation.bib`, rest: "", source: pathname, kind: "file" };
  }
  if (path === "/") return { path: "", rest: url.search + hash, source: "/", kind: "page" };
  if (path === "/posts" || path === "/map") return listed(path, query, hash);
  if (path === "/orgs" || path === "/tags" || path.startsWith("/papers/")) {
    return { path: `${path.slice(1)}/`, rest: hash, source: pathname, kind: "page" };
  }
  return null;
}

/** A list's pages become folders; a narrowed map is the search for the same, which a folder of files can answer. */
function listed(path: string, query: URLSearchParams, hash: string): Target {
  const page = Number(query.get("page") ?? 1);
  const number = Number.isInteger(page) && page > 1 ? page : 1;
  if ([...query.keys()].some((key) => filters.has(key))) {
    const kept = new URLSearchParams([...query].filter(([key]) => filters.has(key)));
    return { path: "", rest: `?${kept}`, source: "/", kind: "page" };
  }
  if (number > 1) {
    const source = `${path}?page=${number}`;
    return { path: `${path.slice(1)}/page/${number}/`, rest: hash, source, kind: "page" };
  }
  if (query.get("colour") === "year") {
    return { path: `${path.slice(1)}/year/`, rest: hash, source: `${path}?colour=year`, kind: "page" };
  }
  return { path: `${path.slice(1)}/`, rest: hash, source: path, kind: "page" };
}

const filters = new Set(["q", "org", "tag", "post", "from", "to"]);

/** The file that a static host answers with for a path. */
export function fileOf(path: string): string {
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

/** The link from one page to a path of the site: relative, so that the folder works below any path. */
export function relativeLink(fromPage: string, path: string): string {
  const up = "../".repeat(fromPage.split("/").length - 1);
  return (up === "" ? "./" : up) + encoded(path);
}

/** A path as it stands in an address. */
export function encoded(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** Null when it can't be decoded, or would lead out of the folder. */
function decoded(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname).normalize("NFC");
    const climbs = path.split("/").some((part) => part === "." || part === "..");
    return climbs || path.includes("\\") || path.includes("\0") ? null : path;
  } catch (cause) {
    if (cause instanceof URIError) return null;
    throw cause;
  }
}
