/** Where the browser of the browser tests is, and how it is started so that it asks nothing of the network. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Path of a Chromium: `CHROMIUM_PATH`, or the first one in a folder of `PATH` or in `/usr/bin`.
 *
 * @throws Error that says what to install.
 */
export function findChromium(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const chosen = environment.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== "") {
    if (isProgram(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, but that is not a program that can be started.`);
  }
  const folders = [...(environment.PATH ?? "").split(delimiter), "/usr/bin"].filter(
    (folder) => folder !== "",
  );
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
  if (found !== undefined) return found;
  throw new Error(
    "The browser tests need Chromium and a Korean font. Install them with `apt-get install chromium fonts-noto-cjk`, or set CHROMIUM_PATH to a Chromium or Chrome that is somewhere else.",
  );
}

/** No window, no sandbox (containers lack the rights for one), and none of the requests that a browser makes by itself. */
export const chromiumFlags: readonly string[] = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
