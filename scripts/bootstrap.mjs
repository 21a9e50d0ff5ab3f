/**
 * The two commands, from any Node >= 18: installs what is missing, builds what is stale, and hands over to the
 * project's own Node (npm's package `node`), under which all other code runs. Plain JavaScript, no dependency.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const pnpmVersion = "10.34.9";
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rooms = ["core", "indexer", "api", "web", "cli", "eval"];
const windows = process.platform === "win32";

/** What each verb runs after the install; a function may build first. */
const verbs = {
  start: async (args) => {
    await build();
    await compile();
    return nonmun(["serve", ...args]);
  },
  test: async (args) => {
    await build();
    return ownNode(["scripts/test.ts", ...args]);
  },
  dev: (args) => ownNode(["scripts/dev.ts", ...args]),
  build: async () => {
    await build({ force: true });
    return 0;
  },
  check: (args) => ownNode(["scripts/test.ts", "--only", "types,lint", ...args]),
  screenshots: async (args) => {
    await build();
    return ownNode(["scripts/screenshots.ts", ...args]);
  },
  faults: async (args) => {
    await build();
    process.env.NONMUN_FAULT_KILLS ??= "60";
    process.env.NONMUN_FAULT_QUERIES ??= "10000";
    process.env.NONMUN_FAULT_COPIES ??= "8";
    return ownNode([join("node_modules", "vitest", "vitest.mjs"), "run", "tests/faults", ...args]);
  },
  format: () => ownNode([join("node_modules", "@biomejs", "biome", "bin", "biome"), "check", "--write", "."]),
  nonmun: async (args) => {
    if (args[0] === "serve") {
      await build();
      await compile();
    }
    return nonmun(args);
  },
};

/** Runs one verb and returns its exit code. */
export async function run(verb, args) {
  const action = verbs[verb];
  if (action === undefined) {
    say(`There is no "${verb}". Use one of: ${Object.keys(verbs).join(", ")}.`);
    return 2;
  }
  const [major] = process.versions.node.split(".").map(Number);
  if (major < 18) {
    say(
      `Node ${process.versions.node} is too old to begin with. Install Node 20 or newer, then run this again.`,
    );
    return 1;
  }
  try {
    await install();
    return await action(args);
  } catch (error) {
    say(error instanceof Stopped ? error.message : String(error?.stack ?? error));
    return 1;
  }
}

class Stopped extends Error {}

/** Installs when the lock file or a package.json has changed since the last install that succeeded. */
async function install() {
  const stampFile = join(root, "node_modules", ".nonmun-installed");
  const inputs = ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"].concat(
    rooms.map((room) => join(room, "package.json")),
  );
  const stamp = hashOf(inputs.map((file) => readFileSync(join(root, file))));
  if (isStamped(stampFile, stamp) && existsSync(ownNodePath())) return;
  say("Installing (only when dependencies change; takes half a minute) …");
  const npx = windows ? "npx.cmd" : "npx";
  const code = await child(
    npx,
    ["--yes", `pnpm@${pnpmVersion}`, "install", "--frozen-lockfile", "--prod=false"],
    {
      stdio: ["ignore", 2, 2],
      shell: windows,
      env: { ...process.env, NODE_ENV: "", CI: "true" },
    },
  );
  if (code !== 0) {
    throw new Stopped(
      "The install failed: see the lines above. It needs a package registry that npm can reach; set one with `npm config set registry …` if you use a mirror.",
    );
  }
  writeFileSync(stampFile, stamp);
}

/** Builds the page when one of the files it is made of has changed. */
async function build({ force = false } = {}) {
  const stampFile = join(root, "web", "build", ".nonmun-built");
  const inputs = [
    ...filesBelow("web/src"),
    ...filesBelow("web/static"),
    ...filesBelow("core/src"),
    "web/vite.config.ts",
    "web/vite.published.config.ts",
    "web/package.json",
    "pnpm-lock.yaml",
  ];
  const stamp = hashOf(
    inputs
      .filter((file) => existsSync(join(root, file)))
      .flatMap((file) => [file, readFileSync(join(root, file))]),
  );
  if (!force && isStamped(stampFile, stamp)) return;
  say("Building the page …");
  // The second goes into the first one's folder, which the first one empties.
  for (const config of ["vite.config.ts", "vite.published.config.ts"]) {
    const output = [];
    const vite = [join("node_modules", "vite", "bin", "vite.js"), "build", "--config", config];
    const code = await child(ownNodePath(), vite, {
      cwd: join(root, "web"),
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_ENV: "production" },
      output,
    });
    if (code !== 0)
      throw new Stopped(`${output.join("")}\nThe page could not be built: see the lines above.`);
  }
  writeFileSync(stampFile, stamp);
}

/**
 * Runs through all modules once, so that what they compile to lies in the cache before the server starts. A server that
 * has to strip types itself keeps the tool for it in memory: about 25 MB, and up to a second of its start.
 */
async function compile() {
  const stampFile = join(environment.NODE_COMPILE_CACHE, ".nonmun-compiled");
  const inputs = ["core", "indexer", "api", "cli", "eval"].flatMap((room) => filesBelow(`${room}/src`));
  const stamp = hashOf(["pnpm-lock.yaml", ...inputs].map((file) => readFileSync(join(root, file))));
  if (isStamped(stampFile, stamp)) return;
  const nowhere = { ...process.env, NONMUN_INDEX: join(environment.NODE_COMPILE_CACHE, "no-index") };
  // The model that comes with Nonmun, whatever is set: another one might have to be downloaded.
  delete nowhere.NONMUN_MODEL;
  for (const args of [["--help"], ["status", "--model", "nonmun-e5-small-ko-en"]]) {
    // Whatever comes of it: this is for speed alone, and the server says itself what is wrong.
    await nonmun(args, { stdio: "ignore", env: nowhere });
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

function nonmun(args, options = {}) {
  const flags = [
    // In MB. By default the space for young objects grows to 100 MB in a server, since each search makes many.
    "--max-semi-space-size=4",
    // Garbage is looked for whenever objects and arrays together have grown by a fifth. By default 64 MB of arrays may wait for it.
    "--external-memory-accounted-in-global-limit",
    "--heap-growing-percent=20",
  ];
  return ownNode([join("cli", "src", "main.ts"), ...args], { cwd: process.cwd(), ...options }, flags);
}

/**
 * Keeps a server small (docs/operations.md). glibc gives each thread an arena and raises its thresholds as it goes, so that
 * what a search needed for a moment is held for good: 0.3 GB after some hundred searches. Other libraries of C ignore these.
 * What the person has set stays.
 */
const environment = {
  MALLOC_ARENA_MAX: "1",
  MALLOC_TRIM_THRESHOLD_: "65536",
  // Token vectors of a chunk are 50 KB and come and go all the time: among smaller things they would leave holes.
  MALLOC_MMAP_THRESHOLD_: "32768",
  // What LanceDB reads ahead, in bytes (2 GB by default), and works on at once, in rows (8192, of which embeddings have 30 KB each): to
  // compact 41,000 embeddings took 1.5 GB, and takes 0.17.
  LANCE_DEFAULT_IO_BUFFER_SIZE: "33554432",
  LANCE_DEFAULT_BATCH_SIZE: "1024",
  // Stripped types and compiled code from the start before: half of the time until a command begins.
  NODE_COMPILE_CACHE: join(root, ".cache", "compiled"),
};

function ownNode([script, ...args], options = {}, flags = []) {
  return child(
    ownNodePath(),
    ["--disable-warning=ExperimentalWarning", ...flags, join(root, script), ...args],
    {
      cwd: root,
      stdio: "inherit",
      ...options,
      env: {
        ...environment,
        ...(options.env ?? process.env),
        PATH: `${join(root, "node_modules", ".bin")}${windows ? ";" : ":"}${process.env.PATH ?? ""}`,
      },
    },
  );
}

function ownNodePath() {
  return join(root, "node_modules", "node", "bin", windows ? "node.exe" : "node");
}

/** Runs a program to its end, passing signals on, and resolves with its exit code. */
function child(command, args, { output, ...options }) {
  return new Promise((resolve, reject) => {
    const running = spawn(command, args, { cwd: root, ...options });
    if (output !== undefined) {
      running.stdout?.on("data", (data) => output.push(data));
      running.stderr?.on("data", (data) => output.push(data));
    }
    const pass = (signal) => running.kill(signal);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, pass);
    running.on("error", reject);
    running.on("close", (code, signal) => {
      for (const name of signals) process.off(name, pass);
      resolve(code ?? (signal === "SIGINT" ? 130 : signal === "SIGTERM" ? 143 : 1));
    });
  });
}

function filesBelow(folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .sort()
    .flatMap((name) => {
      const file = `${folder}/${name}`;
      return statSync(join(root, file)).isDirectory() ? filesBelow(file) : [file];
    });
}

function hashOf(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

function isStamped(file, stamp) {
  return existsSync(file) && readFileSync(file, "utf8") === stamp;
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) {
  const [verb = "start", ...args] = process.argv.slice(2);
  process.exitCode = await run(verb, args);
}
