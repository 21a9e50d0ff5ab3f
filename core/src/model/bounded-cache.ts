/** A cache that forgets what was used longest ago, by entries or by any other measure of size. */

export interface BoundedCache<V> {
  get(key: string): V | undefined;
  /** Whether it is kept; doesn't count as a use. */
  has(key: string): boolean;
  set(key: string, value: V): void;
  /** What was used longest ago comes first. */
  entries(): Iterable<readonly [key: string, value: V]>;
  readonly size: number;
}

/** @param most sum of `sizeOf` over the values kept; a value larger than that is not kept at all. */
export function createBoundedCache<V>(most: number, sizeOf: (value: V) => number = () => 1): BoundedCache<V> {
  const values = new Map<string, V>();
  let total = 0;
  const drop = (key: string): void => {
    const value = values.get(key);
    if (value === undefined) return;
    values.delete(key);
    total -= sizeOf(value);
  };
  return {
    get(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    has: (key) => values.has(key),
    entries: () => values.entries(),
    set(key, value) {
      drop(key);
      const size = sizeOf(value);
      if (size > most) return;
      values.set(key, value);
      total += size;
      for (const oldest of values.keys()) {
        if (total <= most) break;
        drop(oldest);
      }
    },
    get size() {
      return total;
    },
  };
}
