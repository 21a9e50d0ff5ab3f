/** The script of every page of a published site: the theme at once, then the way to the search box, and the search on its page. */
import { startSearch } from "./search-page.ts";

const html = document.documentElement;
const themes = ["system", "light", "dark"];
const themeKey = "nonmun-theme";

const remembered = recall();
if (remembered !== null && themes.includes(remembered)) html.setAttribute("data-theme", remembered);
html.setAttribute("data-started", "");
document.addEventListener("DOMContentLoaded", () => {
  for (const one of document.querySelectorAll("[data-theme-switch]"))
    one.addEventListener("click", switchTheme);
  const form = document.querySelector<HTMLFormElement>("main form[role=search]");
  if (form !== null && html.dataset.page === "search") startSearch(form);
});
document.addEventListener("keydown", goToBox);

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

/** `/` goes to the search box, as on the served pages. Nothing is taken from someone who types. */
function goToBox(event: KeyboardEvent): void {
  const { key, target, isComposing, ctrlKey, metaKey, altKey } = event;
  if (key !== "/" || isComposing || ctrlKey || metaKey || altKey) return;
  if (target instanceof Element && target.closest("input, textarea, select") !== null) return;
  const box = document.querySelector<HTMLInputElement>("[data-search-box]");
  if (box === null) return;
  event.preventDefault();
  box.focus();
  box.select();
}
