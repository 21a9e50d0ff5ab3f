/** Arithmetic over vectors as plain numbers, for the few places where a matrix product would take longer to set up. */

/**
 * The dot product of `vector` with as many numbers of `block`, from place `from` on. Four sums side by side: one alone would wait
 * for each addition before the next.
 */
export function dot(vector: Float32Array, block: Float32Array, from = 0): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = vector.length - (vector.length % 4);
  // Indexes, not iterators: this runs over hundreds of thousands of numbers for each query.
  for (let k = 0; k < whole; k += 4) {
    first += (vector[k] as number) * (block[from + k] as number);
    second += (vector[k + 1] as number) * (block[from + k + 1] as number);
    third += (vector[k + 2] as number) * (block[from + k + 2] as number);
    fourth += (vector[k + 3] as number) * (block[from + k + 3] as number);
  }
  for (let k = whole; k < vector.length; k += 1) first += (vector[k] as number) * (block[from + k] as number);
  return first + second + third + fourth;
}

/** The vector in length 1; one of length 0 stays as it is. */
export function normalized(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
}
