/** Long computations in slices: between two of them, whatever else waits has its turn. */

/** A computation that yields where it may be interrupted. */
export type Slices<T> = Generator<void, T>;

/** Lets other work have its turn. */
export type Pause = () => Promise<void>;

export async function inSlices<T>(slices: Slices<T>, pause: Pause): Promise<T> {
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
    await pause();
  }
}

export function atOnce<T>(slices: Slices<T>): T {
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
  }
}

/** Whether a slice of `size` items ends with the one at `index`. */
export function endsSlice(index: number, size: number): boolean {
  return index % size === size - 1;
}
