/** Decides for each link whether it leads somewhere from the page: to the web, to an anchor of this review, or nowhere. */
import type { Element, Root } from "hast";
import { placeOf, type RenderContext, report } from "./context.ts";
import { eachElement, isElement } from "./elements.ts";
import { renderLimits } from "./limits.ts";

/**
 * A web or mail address stays. `#anchor` stays when the review has that anchor. A path inside the blog has no address here:
 * the link keeps its text and carries the path as `data-post-link`. Any other scheme is taken off, with a diagnostic.
 */
export function resolveLinks(tree: Root, context: RenderContext): void {
  const ids = new Set<string>([context.input.anchor]);
  const links: Element[] = [];
  eachElement(tree, (node) => {
    if (typeof node.properties.id === "string") ids.add(node.properties.id);
    if (isElement(node, "a")) links.push(node);
  });
  for (const link of links) resolveLink(link, ids, context);
}

function resolveLink(link: Element, ids: ReadonlySet<string>, context: RenderContext): void {
  const { dataRef, href: written, ...properties } = link.properties;
  link.properties = properties;
  if (typeof written !== "string") return;
  // A common slip: `[pdf]((https://…))`.
  const href = /^\((https?:\/\/[^()]*)\)$/u.exec(written)?.[1] ?? written;
  const kind = linkKind(href);
  if (kind === "web") {
    link.properties.href = href.trim();
    if (!/^mailto:/iu.test(href.trim())) link.properties.rel = ["noopener", "noreferrer"];
  } else if (kind === "anchor") {
    if (ids.has(anchorOf(href))) link.properties.href = href;
    else link.properties.dataPostLink = href;
  } else if (kind === "path") {
    link.properties.dataPostLink = href;
  } else {
    const message = `The address ${href.slice(0, 80)} is not a link that a page may hold; its text stays.`;
    const advice = "Link to an http, https or mailto address.";
    report(context, { code: "unsafe-link", severity: "warning", message, advice }, placeOf(context, dataRef));
  }
}

/** Browsers skip control characters and blanks in a scheme (`java\tscript:`), so they are skipped here, too. */
function linkKind(href: string): "web" | "anchor" | "path" | "unsafe" {
  if (href.length > renderLimits.urlLength) return "unsafe";
  const plain = href.replace(/[\p{Cc}\s]+/gu, "");
  if (plain.startsWith("#")) return "anchor";
  const scheme = /^([^/?#]*?):/u.exec(plain)?.[1]?.toLowerCase();
  if (scheme === undefined) return plain.startsWith("//") || plain.startsWith("\\") ? "unsafe" : "path";
  if (scheme === "mailto") return "web";
  // `https:x` without slashes would be a path of this site.
  return /^https?:\/\/[^/]/iu.test(plain) ? "web" : "unsafe";
}

function anchorOf(href: string): string {
  const fragment = href.slice(1);
  try {
    return decodeURIComponent(fragment).normalize("NFC");
  } catch {
    return fragment;
  }
}
