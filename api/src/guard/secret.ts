/** Compares secrets without telling by its duration how much of them was right. */
import { createHash, timingSafeEqual } from "node:crypto";

/** Digests are compared, so that neither content nor length shows in the time it takes. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}
