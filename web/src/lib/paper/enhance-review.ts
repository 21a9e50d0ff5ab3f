/** What script adds to a review's HTML: links on headings, copy buttons on code, figures that enlarge, links between posts. */
import type { Messages } from "#lib/i18n/en.ts";
import { emptySearch, searchHref } from "#lib/search/url.ts";
import { copyText } from "#lib/ui/clipboard.ts";

export interface EnlargedFigure {
  readonly source: string;
  readonly name: string;
}

export interface EnhanceOptions {
  readonly t: Messages;
  /** The review's own address, that copied links begin with. */
  readonly address: URL;
  readonly enlarge: (figure: EnlargedFigure) => void;
}

/** Adds the controls. They live and go with the element itself, which is made anew for each review. */
export function enhanceReview(body: HTMLElement, options: EnhanceOptions): void {
  for (const heading of body.querySelectorAll<HTMLElement>(":is(h2, h3, h4, h5, h6)[id]"))
    linkHeading(heading, options);
  for (const code of body.querySelectorAll<HTMLElement>("pre")) copyCode(code, options);
  for (const image of body.querySelectorAll<HTMLImageElement>("figure img")) enlargeImage(image, options);
  for (const link of body.querySelectorAll<HTMLAnchorElement>("a[data-remote-image]")) link.target = "_blank";
  for (const link of body.querySelectorAll<HTMLAnchorElement>("a[data-post-link]")) {
    if (!link.hasAttribute("href"))
      link.href = searchHref({ ...emptySearch, post: link.dataset.postLink ?? "" });
  }
}

function linkHeading(heading: HTMLElement, { t, address }: EnhanceOptions): void {
  const link = document.createElement("a");
  link.className = "heading-link no-print";
  link.href = `#${heading.id}`;
  link.textContent = "#";
  link.setAttribute("aria-label", t.paper.copyLink(heading.textContent.trim()));
  link.addEventListener("click", async () => {
    const copied = await copyText(async () => `${address.href}#${encodeURIComponent(heading.id)}`);
    if (copied) tell(link, t.paper.copied);
  });
  heading.append(" ", link);
}

function copyCode(code: HTMLElement, { t }: EnhanceOptions): void {
  const frame = document.createElement("div");
  frame.className = "code-frame";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet small no-print";
  button.textContent = t.paper.copy;
  button.setAttribute("aria-label", t.paper.copyCode);
  button.addEventListener("click", async () => {
    const copied = await copyText(async () => code.textContent);
    tell(button, copied ? t.paper.copied : t.paper.copyFailed);
  });
  code.replaceWith(frame);
  frame.append(code, button);
}

function enlargeImage(image: HTMLImageElement, { t, enlarge }: EnhanceOptions): void {
  if (image.closest("a, button") !== null) return;
  const caption = image.closest("figure")?.querySelector("figcaption")?.textContent.trim() ?? "";
  const name = image.alt.trim() || caption || t.paper.enlarge;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "enlarge";
  button.setAttribute("aria-label", name === t.paper.enlarge ? name : `${t.paper.enlarge}: ${name}`);
  button.addEventListener("click", () => enlarge({ source: image.currentSrc || image.src, name }));
  image.replaceWith(button);
  button.append(image);
}

/** Says for two seconds what a control has just done. */
function tell(control: HTMLElement, words: string): void {
  const before = control.textContent;
  if (before === words) return;
  control.textContent = words;
  setTimeout(() => {
    control.textContent = before;
  }, 2000);
}
