/** Compresses answers on their way out: the product serves them itself, with no proxy in front that would. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { MiddlewareHandler } from "hono";

type Encoding = "br" | "gzip";

/** Bytes. Shorter answers fit one packet of the network either way. */
const leastBytes = 1400;

/** Text that is made whole before it is sent. Pictures are compressed already, and events must not wait. */
const text =
  /^(?:application\/(?:[a-z.-]+\+)?(?:json|xml)|application\/x-bibtex|text\/(?:html|css|javascript))(?:;|$)/u;

export function compressAnswers(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { res } = c;
    if (res.body === null || res.status === 206 || !text.test(res.headers.get("Content-Type") ?? "")) return;
    if (res.headers.has("Content-Encoding")) return;
    res.headers.append("Vary", "Accept-Encoding");
    const encoding = chooseEncoding(c.req.header("accept-encoding"));
    if (encoding === null || c.req.method === "HEAD") return;
    const bytes = Buffer.from(await res.arrayBuffer());
    const { status, headers } = res;
    if (bytes.byteLength < leastBytes) {
      c.res = new Response(bytes, { status, headers });
      return;
    }
    c.res = new Response(await compress[encoding](bytes), { status, headers });
    c.res.headers.set("Content-Encoding", encoding);
    c.res.headers.delete("Content-Length");
  };
}

/** The best encoding that `header` takes (RFC 9110, 12.5.3), or null for none. A weight of 0 refuses. */
export function chooseEncoding(header: string | undefined): Encoding | null {
  const weights = new Map(
    (header ?? "").split(",").map((part) => {
      const [name = "", ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/u);
      const weight = parameters.find((parameter) => parameter.startsWith("q="));
      return [name, weight === undefined ? 1 : Number(weight.slice(2)) || 0] as const;
    }),
  );
  const weightOf = (name: Encoding): number => weights.get(name) ?? weights.get("*") ?? 0;
  const best: Encoding = weightOf("br") >= weightOf("gzip") ? "br" : "gzip";
  return weightOf(best) > 0 ? best : null;
}

/** Level 4 of 11: at higher ones Brotli takes longer than the bytes it saves take to travel. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const compress: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer<ArrayBuffer>>>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, brotliOptions),
  gzip: promisify<Buffer, Buffer<ArrayBuffer>>(gzip),
};
