/** `GET /assets/{id}`: the pictures of the reviews, from the index. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { Failure } from "@nonmun/core/model/failure";
import { assetIdPattern, assetMediaTypes } from "@nonmun/core/model/media";
import type { Asset } from "@nonmun/core/model/paper";
import type { AppDeps } from "../deps.ts";
import { noIndex, notFound, notModified } from "../problems/documented.ts";
import { withView } from "../view.ts";

const route = createRoute({
  method: "get",
  path: "/assets/{id}",
  summary: "A picture",
  tags: ["Papers"],
  request: {
    params: z.object({ id: z.string().openapi({ example: "0123456789abcdef0123456789abcdef.png" }) }),
  },
  responses: {
    200: { description: "Its bytes, which never change.", content: { "image/*": { schema: z.string() } } },
    ...notModified,
    ...notFound,
    ...noIndex,
  },
});

export function addAssets(app: OpenAPIHono, deps: AppDeps): void {
  app.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const asset = assetIdPattern.test(id)
      ? await withView(deps.library, ({ snapshot }) => snapshot.asset(id))
      : null;
    if (asset === null) {
      throw new Failure("not-found", `There is no picture \`${id}\`.`, {
        advice: "Pictures that no post shows any more are gone with the next run.",
      });
    }
    return answerAsset(asset, c.req.header("if-none-match"));
  });
}

/** What a page may show as a picture. Bytes of any other type are handed out as a download and never interpreted. */
const pictureTypes: ReadonlySet<string> = new Set(Object.values(assetMediaTypes));

function answerAsset(asset: Asset, known: string | undefined): Response {
  const shown = pictureTypes.has(asset.mediaType);
  const headers = {
    // The id is made of the bytes: other bytes have another address.
    "Cache-Control": "public, max-age=31536000, immutable",
    ETag: `"${asset.id}"`,
    // None of these types is a document; should one ever be stored that is, it can neither run nor load anything.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    ...(shown ? {} : { "Content-Disposition": "attachment" }),
  };
  if (known?.includes(`"${asset.id}"`)) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(asset.bytes), {
    headers: {
      ...headers,
      "Content-Type": shown ? asset.mediaType : "application/octet-stream",
      "Content-Length": String(asset.bytes.byteLength),
    },
  });
}
