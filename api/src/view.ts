/** How a route gets at the index: one generation from query to answer, and what a client may keep of it. */
import { createHash } from "node:crypto";
import { Failure } from "@nonmun/core/model/failure";
import type { Manifest } from "@nonmun/core/model/manifest";
import type { Context } from "hono";
import type { AppDeps, Library, View } from "./deps.ts";

/**
 * Runs `work` with the newest generation.
 *
 * @throws Failure `no-index` with the command that makes one.
 */
export function withView<T>(library: Library, work: (view: View) => Promise<T>): Promise<T> {
  return library.use(async (view) => {
    if (view !== null) return work(view);
    throw new Failure("no-index", "No index has been made yet.", {
      advice: "Run `npx nonmun index`, or `npm start`, which indexes the posts before it serves them all.",
    });
  });
}

/**
 * Like {@link withView}, for answers that depend on nothing but the address and the generation: they carry an entity
 * tag, and a client that has the same generation gets 304 before any work is done.
 */
export function perGeneration(
  deps: AppDeps,
  c: Context,
  work: (view: View) => Promise<Response>,
): Promise<Response> {
  return withView(deps.library, async (view) => {
    const tag = entityTag(view.snapshot.manifest, deps.siteUrl);
    if (matches(c.req.header("if-none-match"), tag)) {
      return new Response(null, { status: 304, headers: { ETag: tag, "Cache-Control": revalidate } });
    }
    const answer = await work(view);
    if (answer.ok) {
      answer.headers.set("ETag", tag);
      answer.headers.set("Cache-Control", revalidate);
    }
    return answer;
  });
}

/** Keep it, but ask each time: a new post shows at once, an unchanged answer costs no body. */
const revalidate = "no-cache";

/** Changes when answers to the same address could: raise it when their shape or rendering changes. */
const answersVersion = 2;

/** Weak, since compression on the way may change bytes. The time of making tells a rebuilt index from the one it replaces. */
function entityTag(manifest: Manifest, siteUrl: string | null): string {
  const state = JSON.stringify([answersVersion, manifest.generation, manifest.createdAt, siteUrl]);
  return `W/"${createHash("sha256").update(state).digest("base64url").slice(0, 22)}"`;
}

/** Weak comparison, as RFC 9110 asks of `If-None-Match`. */
function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === "*") return true;
  const opaque = tag.slice(2);
  return header.split(",").some((part) => part.trim().replace(/^W\//u, "") === opaque);
}
