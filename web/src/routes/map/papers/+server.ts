/** Names, links and dates of the map's points, for the script: the page itself is light without them. */
import { askMap } from "#lib/api/client.ts";
import { papersOf } from "#lib/map/places.ts";
import type { RequestHandler } from "./$types.js";

export const GET: RequestHandler = async ({ fetch, request }) => {
  const answer = await askMap(fetch);
  if (!answer.ok) return Response.json(answer.problem, { status: answer.problem.status });
  const papers = papersOf(answer.value.points);
  const headers = { etag: `"${papers.stamp}"`, "cache-control": "no-cache" };
  if (request.headers.get("if-none-match") === headers.etag)
    return new Response(null, { status: 304, headers });
  return Response.json(papers, { headers });
};
