/** Which jobs pay for a preparation. Apart from the embedders, so that who only starts one loads no engine. */

/** Texts of a job from which on floats pay: loading them takes as long as they save over this many (docs/performance.md). */
const largeFrom = 64;

/** Whether a job of so many texts is worth a preparation of half a second. One of unknown size is. */
export function isLargeJob(size: number | undefined): boolean {
  return (size ?? largeFrom) >= largeFrom;
}
