/** Test support: what a review must never hold, looked for in its HTML as a browser parses it. */
import type { Root } from "hast";
import rehypeRaw from "rehype-raw";
import { unified } from "unified";
import { eachElement } from "./elements.ts";

/** Elements, attributes and addresses that would run, load or take over something; empty for a harmless review. */
export function forbidden(html: string): string[] {
  const wrong: string[] = [];
  eachElement(parseHtml(html), (node) => {
    if (
      /^(?:script|style|iframe|object|embed|link|meta|base|form|button|svg|template)$/u.test(node.tagName)
    ) {
      wrong.push(node.tagName);
    }
    for (const [name, value] of Object.entries(node.properties)) {
      if (/^on|^style$|^srcDoc$|^srcSet$|^name$|^formAction$|^xLink/iu.test(name))
        wrong.push(`${node.tagName} ${name}`);
      if (name === "href" && !/^(?:https?:\/\/|mailto:|#)/u.test(String(value))) wrong.push(String(value));
      if (name === "src" && !/^\/assets\/[0-9a-f]{32}\.[a-z]+$/u.test(String(value)))
        wrong.push(String(value));
    }
  });
  return wrong;
}

/** Parses finished HTML again, as the browser will. */
export function parseHtml(html: string): Root {
  const root: Root = { type: "root", children: [{ type: "raw", value: html }] };
  return unified().use(rehypeRaw).runSync(root) as Root;
}
