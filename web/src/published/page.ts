/** The script of every page of a published site: the theme at once, the search on the search page. */
import type { Asked, Told } from "./messages.ts";
import { drawResults, drawStatus } from "./results.ts";
import { wordsFor } from "./words.ts";

const html = document.documentElement;
const themes = ["system", "light", "dark"];
const themeKey = "nonmun-theme";
const pauseMs = 150;

const remembered = recall();
if (remembered !== null && themes.includes(remembered)) html.setAttribute("data-theme", remembered);
html.setAttribute("data-started", "");
document.addEventListener("DOMContentLoaded", () => {
  for (const one of document.querySelectorAll("[data-theme-switch]"))
    one.addEventListener("click", switchTheme);
  const form = document.querySelector<HTMLFormElement>("main form[role=search]");
  if (form !== null && html.dataset.page === "search") startSearch(form);
});

function switchTheme(event: Event): void {
  event.preventDefault();
  const next = themes[(themes.indexOf(html.dataset.theme ?? "") + 1) % themes.length] ?? "system";
  html.setAttribute("data-theme", next);
  try {
    localStorage.setItem(themeKey, next);
  } catch (error) {
    console.warn("The theme can't be remembered: storage is switched off.", error);
  }
}

function recall(): string | null {
  try {
    return localStorage.getItem(themeKey);
  } catch (error) {
    console.warn("The theme can't be recalled: storage is switched off.", error);
    return null;
  }
}

function startSearch(form: HTMLFormElement): void {
  const root = html.dataset.root ?? "./";
  const locale = html.lang;
  const words = wordsFor(locale);
  const box = form.querySelector<HTMLInputElement>("[name=q]");
  const home = [...document.querySelectorAll<HTMLElement>("main .top > :not(form, h1), main .columns")];
  const place = document.createElement("section");
  place.id = "nonmun-results";
  document.querySelector("main")?.append(place);
  let worker: Worker | null = null;
  let number = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(): void {
    const parameters = new URLSearchParams(location.search);
    const isStart = ![...parameters].some(([name, value]) => name !== "shown" && value.trim() !== "");
    for (const one of home) one.hidden = !isStart;
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
      if (data.kind === "failed") return drawStatus(place, words.failed(data.reason));
      const { answer, suggestions, next } = data;
      drawResults(place, { answer, suggestions, root, locale, moreHref: moreHref(next) });
    });
    made.addEventListener("error", () => drawStatus(place, words.failed("worker.js")));
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

/** The same search with more results. */
function moreHref(next: number | null): string | null {
  if (next === null) return null;
  const parameters = new URLSearchParams(location.search);
  parameters.set("shown", String(next));
  return `?${parameters}`;
}
