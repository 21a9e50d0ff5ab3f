/** How sure a mean or a difference is, for few queries: resampling with a seed, so that reports repeat. */

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface Difference extends Interval {
  /** Two-sided p-value of "there is no difference", by flipping the signs of the pairs. */
  readonly p: number;
}

const resamples = 2000;
const confidence = 0.95;
const defaultSeed = 20251029;

/** Mean with its 95 % percentile bootstrap interval. Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, ch. 13. */
export function interval(values: readonly number[], seed = defaultSeed): Interval {
  const mean = average(values);
  if (values.length < 2) return { mean, low: mean, high: mean };
  const random = randomNumbers(seed);
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[Math.floor(random() * values.length)] ?? 0;
    return sum / values.length;
  }).sort((a, b) => a - b);
  const tail = (1 - confidence) / 2;
  return { mean, low: quantile(means, tail), high: quantile(means, 1 - tail) };
}

/**
 * Mean of paired differences, its interval, and the p-value of Fisher's randomisation test, which Smucker, Allan and
 * Carterette 2007 (doi 10.1145/1321440.1321528) recommend for comparing retrieval runs.
 */
export function difference(differences: readonly number[], seed = defaultSeed): Difference {
  const observed = interval(differences, seed);
  const random = randomNumbers(seed + 1);
  let asLarge = 0;
  for (let i = 0; i < resamples; i++) {
    let sum = 0;
    for (const value of differences) sum += random() < 0.5 ? value : -value;
    if (Math.abs(sum / Math.max(1, differences.length)) >= Math.abs(observed.mean) - 1e-12) asLarge++;
  }
  return { ...observed, p: (asLarge + 1) / (resamples + 1) };
}

/** Value below which the share `q` of sorted values lies, interpolated (definition 7 of Hyndman and Fan 1996). */
export function quantile(sorted: readonly number[], q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * q;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

export function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Numbers in [0, 1) from a seed: a Weyl sequence through a 32-bit finaliser (splitmix, Steele et al. 2014). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}
