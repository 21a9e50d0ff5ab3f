/** One page of the server as a page of the folder: links rewritten, the server's script left out, the published site's put in. */
import { relativeLink, type Target, targetOf } from "./addresses.ts";

export interface PageOptions {
  /** Path of the page in the site: `` or `papers/a/b/`. */
  readonly page: string;
  /** Address of the published site without a slash at the end, or null when nobody said. */
  readonly siteAddress: string | null;
  /** Links begin at the root of the host instead of at the page: for the one page that is shown at any address. */
  readonly rootPath?: string;
}

/** A start tag, with attributes whose values may hold `>`. What people wrote holds no `<` that is not escaped. */
const startTag = /<[a-z][a-z0-9-]*(?:"[^"]*"|'[^']*'|[^"'<>])*>/giu;
const addressAttribute = /(\s(?:href|src|action|poster)=)"([^"]*)"/gu;

/** Nothing leaves the host, and no script runs that the site does not ship. The live region's style is SvelteKit's. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join("; ");

/** What needs the site's own address, and is left out when nobody said it. */
const namesTheSite =
  /<(?:link rel="canonical"|meta property="og:(?:url|image)")[^>]*>|<link [^>]*rel="alternate"[^>]*>|<script type="application\/ld\+json">[\s\S]*?<\/script>|<a [^>]*href="[./]*feed\.xml"[\s\S]*?<\/a>/gu;

/** Every address that the page needs or leads to, each once. */
export function linksOf(html: string): readonly Target[] {
  const found = new Map<string, Target>();
  for (const [tag] of withoutServerScript(html).matchAll(startTag)) {
    for (const [, , value = ""] of tag.matchAll(addressAttribute)) {
      const target = isOwn(unescaped(value)) ? targetOf(unescaped(value)) : null;
      if (target !== null) found.set(target.source, target);
    }
  }
  return [...found.values()];
}

export function publishedPage(html: string, options: PageOptions): string {
  const { siteAddress } = options;
  const root = options.rootPath ?? relativeLink(options.page, "");
  const isSearch = options.page === "" && options.rootPath === undefined;
  const rewritten = withoutServerScript(html)
    .replace(startTag, (tag) =>
      tag.replace(addressAttribute, (whole, before: string, value: string) => {
        const address = unescaped(value);
        return isOwn(address) ? `${before}"${escaped(linkTo(address, options))}"` : whole;
      }),
    )
    .replace(/<html /u, `<html data-root="${escaped(root)}" ${isSearch ? 'data-page="search" ' : ""}`)
    .replace(/<meta charset="utf-8"\s*\/?>/u, (meta) => meta + headOf(root))
    .replace(/<main [^>]*>/u, (main) => main + notice);
  return siteAddress === null ? rewritten.replace(namesTheSite, "") : withSiteAddress(rewritten, siteAddress);
}

/**
 * The app's manifest: its start and picture are found from the manifest itself, and it promises what the start page does.
 *
 * @param start HTML of the start page
 */
export function publishedManifest(text: string, start: string): string {
  const description = /<meta name="description" content="([^"]*)"/u.exec(start)?.[1] ?? "";
  return text
    .replaceAll(/"\/(icon\.svg)?"/gu, '"./$1"')
    .replace(/("description": )"[^"]*"/u, (_, name: string) => name + JSON.stringify(unescaped(description)));
}

/** Puts the site's address in the place of the stand-in. Pages are folders, which end with a slash. */
export function withSiteAddress(text: string, siteAddress: string): string {
  return text.replace(/http:\/\/nonmun\.invalid([^\s"'<>]*)/gu, (_, path: string) => {
    const target = targetOf(unescaped(path === "" ? "/" : path));
    return siteAddress + (target === null ? path : `/${escaped(encodeURI(target.path) + target.rest)}`);
  });
}

/** Where an address of the server is found from this page. What a folder of files can't answer leads to the search page. */
function linkTo(address: string, options: PageOptions): string {
  const root = options.rootPath;
  const target = targetOf(address);
  const link = relativeLink(options.page, target?.path ?? "");
  return (root === undefined ? link : root + link.slice(2)) + (target?.rest ?? "");
}

function isOwn(address: string): boolean {
  return address.startsWith("/") && !address.startsWith("//");
}

/**
 * Takes out what asks the server: SvelteKit's start and its data, the modules that it loads ahead, buttons that only its script
 * knows, the switch of language, the address bar's search and the pages about the API. A theme needs no server.
 */
function withoutServerScript(html: string): string {
  return relativeToRoot(html)
    .replace(/<script(?![^>]*application\/ld\+json)[^>]*>[\s\S]*?<\/script>/gu, "")
    .replace(/<link [^>]*rel="(?:modulepreload|search)"[^>]*>/gu, "")
    .replace(/<button [^>]*data-needs-script[^>]*>[\s\S]*?<\/button>/gu, "")
    .replace(/<a [^>]*href="\/preferences\?locale=[\s\S]*?<\/a>/gu, "")
    .replace(/<a [^>]*href="\/api\/docs"[\s\S]*?<\/a>/gu, "")
    .replace(/href="\/preferences\?theme=[^"]*"/gu, 'href="#theme" data-theme-switch data-needs-script')
    .replace(/<!--[\s\S]*?-->/gu, "");
}

/** SvelteKit writes addresses of its own files relative to the page: here all begin at the root. */
function relativeToRoot(html: string): string {
  return html.replace(
    /(\s(?:href|src)=")(?:\.\.?\/)+((?:_app\/|icon\.svg|manifest\.webmanifest))/gu,
    "$1/$2",
  );
}

function headOf(root: string): string {
  const at = escaped(root);
  return [
    `<meta http-equiv="content-security-policy" content="${policy}" />`,
    `<script src="${at}_nonmun/page.js"></script>`,
    `<link rel="stylesheet" href="${at}_nonmun/page.css" />`,
  ].join("");
}

const notice =
  '<noscript><p class="nonmun-notice"><span lang="ko">읽기에는 스크립트가 필요 없지만, 검색에는 필요합니다.</span> <span lang="en">Reading works without script; searching needs it.</span></p></noscript>';

function unescaped(value: string): string {
  return value
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll(/&#x?0*(?:27|39);/gu, "'")
    .replaceAll("&amp;", "&");
}

function escaped(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
