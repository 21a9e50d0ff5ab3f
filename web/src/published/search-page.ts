/** The search page of a published site: what is typed goes into the address, what the address asks is answered by the worker. */
import type { Asked, Told } from "./messages.ts";
import { drawResults, drawStatus } from "./results.ts";
import { wordsFor } from "./words.ts";

/** Milliseconds without a key before what was typed is searched. */
const pauseMs = 150;

export function startSearch(form: HTMLFormElement): void {
  const html = document.documentElement;
  const root = html.dataset.root ?? "./";
  const locale = html.lang;
  const words = wordsFor(locale);
  const box = form.querySelector<HTMLInputElement>("[name=q]");
  const place = document.createElement("section");
  place.id = "nonmun-results";
  document.querySelector("main")?.append(place);
  const showStart = startSwitch();
  let worker: Worker | null = null;
  let number = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(): void {
    const parameters = new URLSearchParams(location.search);
    const isStart = ![...parameters].some(([name, value]) => name !== "shown" && value.trim() !== "");
    showStart(isStart, parameters.get("q")?.trim() ?? "");
    number += 1;
    if (isStart) {
      place.replaceChildren();
      return;
    }
    if (place.childElementCount === 0) drawStatus(place, words.searching);
    worker ??= startWorker();
    const asked: Asked = { number, query: location.search };
    worker.postMessage(asked);
  }

  function startWorker(): Worker {
    const made = new Worker(`${root}_nonmun/worker.js`, { type: "module" });
    made.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      if (data.number !== number) return;
      if (data.kind === "failed") return drawStatus(place, words.failed(data.trouble, data.detail));
      const { answer, suggestions, next } = data;
      drawResults(place, { answer, suggestions, root, locale, moreHref: moreHref(next) });
    });
    made.addEventListener("error", () => {
      // One that did not load never answers: the next search starts another.
      made.terminate();
      worker = null;
      drawStatus(place, words.failed("unreachable", "worker.js"));
    });
    return made;
  }

  function search(): void {
    clearTimeout(timer);
    const parameters = new URLSearchParams(location.search);
    parameters.delete("shown");
    if (box?.value) parameters.set("q", box.value);
    else parameters.delete("q");
    const query = parameters.size === 0 ? "" : `?${parameters}`;
    history.replaceState(null, "", location.pathname + query);
    show();
  }

  if (box !== null) box.value = new URLSearchParams(location.search).get("q") ?? "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  box?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, pauseMs);
  });
  show();
}

/** Shows the start page's parts, or makes room for results as the served page does; the title names what is searched. */
function startSwitch(): (isStart: boolean, searched: string) => void {
  const top = document.querySelector<HTMLElement>("main .top");
  const heading = top?.querySelector("h1");
  const parts = document.querySelectorAll<HTMLElement>("main .top > :not(form, h1), main .columns");
  const title = document.title;
  return (isStart, searched) => {
    top?.classList.toggle("start", isStart);
    heading?.classList.toggle("visually-hidden", !isStart);
    for (const part of parts) part.hidden = !isStart;
    document.title = searched === "" ? title : `${searched} · Nonmun`;
  };
}

/** The same search with more results. */
function moreHref(next: number | null): string | null {
  if (next === null) return null;
  const parameters = new URLSearchParams(location.search);
  parameters.set("shown", String(next));
  return `?${parameters}`;
}
