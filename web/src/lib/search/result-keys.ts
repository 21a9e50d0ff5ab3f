/** Moving through the results with the arrow keys: focus goes from title to title, and from the first one back to the box. */

/** Attaches the keys to a list of results. Returns the function that takes them off. */
export function resultKeys(list: HTMLElement): () => void {
  list.addEventListener("keydown", resultKey);
  return () => list.removeEventListener("keydown", resultKey);
}

function resultKey(event: KeyboardEvent): void {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const { target } = event;
  if (!(target instanceof HTMLElement) || !target.matches(resultLink)) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const links = resultLinks();
    const at = links.indexOf(target);
    const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next !== undefined) show(next);
    else if (event.key === "ArrowUp") searchBox()?.focus();
  } else if (event.key === "Escape") {
    searchBox()?.focus();
  }
}

/** Moves the focus to the first result. False when there is none. */
export function focusFirstResult(): boolean {
  const [first] = resultLinks();
  if (first === undefined) return false;
  show(first);
  return true;
}

const resultLink = "[data-result]";

function resultLinks(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(resultLink)];
}

function searchBox(): HTMLElement | null {
  return document.querySelector<HTMLElement>("main [data-search-box]");
}

function show(link: HTMLElement): void {
  link.focus({ preventScroll: true });
  link.closest("li")?.scrollIntoView({ block: "nearest" });
}
