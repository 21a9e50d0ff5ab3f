/** Work that goes on side by side and ends together. */

/** All results, as `Promise.all` gives them; when one fails, the others end first: nothing goes on behind the caller's back. */
export async function together<T extends readonly unknown[]>(
  works: {
    readonly [K in keyof T]: Promise<T[K]>;
  },
): Promise<T> {
  await Promise.allSettled(works);
  return (await Promise.all(works)) as unknown as T;
}
