/** Lets only the newest of several overlapping requests count: the others are aborted, and ignored if they answer. */

export interface Latest {
  /**
   * Starts `work` and aborts what was started before.
   *
   * @returns what `work` answers, or `superseded` when a newer call was made before it did.
   * @throws what `work` throws, unless it was superseded.
   */
  run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<Outcome<T>>;
  /** Aborts what is under way: its outcome will be `superseded`. */
  cancel(): void;
}

export type Outcome<T> = { readonly kind: "newest"; readonly value: T } | { readonly kind: "superseded" };

export function createLatest(): Latest {
  let sequence = 0;
  let controller: AbortController | null = null;
  const cancel = () => {
    sequence += 1;
    controller?.abort();
    controller = null;
  };
  return {
    cancel,
    async run(work) {
      cancel();
      const mine = sequence;
      controller = new AbortController();
      try {
        const value = await work(controller.signal);
        return mine === sequence ? { kind: "newest", value } : { kind: "superseded" };
      } catch (error) {
        if (mine !== sequence) return { kind: "superseded" };
        throw error;
      }
    },
  };
}
