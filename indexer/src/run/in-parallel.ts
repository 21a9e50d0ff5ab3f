/** Several of many things at once, for work that waits for disk or network. */

/**
 * Does `work` for each item, at most `limit` at once, begun in their order.
 *
 * @returns the results in the order of the items. The first failure is thrown once those under way have ended.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  const left = items.entries();
  let failed = false;
  async function lane(): Promise<void> {
    for (const [place, item] of left) {
      if (failed) return;
      try {
        results[place] = await work(item);
      } catch (cause) {
        failed = true;
        throw cause;
      }
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, lane));
  for (const one of lanes) if (one.status === "rejected") throw one.reason;
  return results;
}
