/** GitHub's webhook signature: HMAC-SHA256 of the raw body, in `X-Hub-Signature-256`. */
import { createHmac } from "node:crypto";
import { sameSecret } from "../guard/secret.ts";

/** GitHub sends no larger payload. */
const bodyMax = 25 * 1024 * 1024;

export type SignatureCheck = "right" | "wrong" | "too-large";

/**
 * Reads the body to its end, piece by piece: nothing of it is kept, so that somebody without the secret can't fill the
 * memory.
 */
export async function checkSignature(
  body: ReadableStream<Uint8Array> | null,
  header: string,
  secret: string,
): Promise<SignatureCheck> {
  const mac = createHmac("sha256", secret);
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.byteLength;
    if (size > bodyMax) return "too-large";
    mac.update(piece);
  }
  return sameSecret(header, `sha256=${mac.digest("hex")}`) ? "right" : "wrong";
}
