/**
 * Keeps the last pages readable offline. The network always comes first, so nobody reads a stale review while the server is
 * there; only this build's own files, which never change under their name, are taken from the cache.
 */

import { version } from "$app/env";
import { assets, immutable } from "$app/manifest";
import { self } from "$app/service-worker";

const appCache = `nonmun-app-${version}`;
const pageCache = "nonmun-pages";
const pictureCache = "nonmun-pictures";
/** Answers kept of each kind; the oldest go first. */
const mostKept = 120;
const offlinePage = "/offline.html";
const appFiles = [...immutable, ...assets].map(({ path }) => `/${path.replace(/^\//u, "")}`);

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(appCache)
      .then((cache) => cache.addAll(appFiles))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith("nonmun-app-") && name !== appCache))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (appFiles.includes(url.pathname)) event.respondWith(fromCache(request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(networkFirst(request, pictureCache));
  else if (request.mode === "navigate" || isPageData(url))
    event.respondWith(networkFirst(request, pageCache));
});

/** What a page asks for when it is reached by a link instead of a load: its data. */
function isPageData({ pathname }: URL): boolean {
  return pathname.endsWith("__data.json") || pathname.startsWith("/api/papers/");
}

async function fromCache(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

async function networkFirst(request: Request, name: string): Promise<Response> {
  const cache = await caches.open(name);
  try {
    const response = await fetch(request);
    if (response.ok && response.type === "basic") {
      await cache.delete(request);
      await cache.put(request, response.clone());
      await trim(cache);
    }
    return response;
  } catch (error) {
    const kept = await cache.match(request);
    if (kept !== undefined) return kept;
    const offline = request.mode === "navigate" ? await caches.match(offlinePage) : undefined;
    if (offline !== undefined) return offline;
    throw error;
  }
}

/** Keys come in the order in which they were put in. */
async function trim(cache: Cache): Promise<void> {
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(keys.length - mostKept, 0)).map((key) => cache.delete(key)));
}
