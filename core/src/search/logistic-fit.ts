/** Logistic regression by Newton's method: what the curves of `calibrate.ts` are fitted with. */

export interface Sample {
  readonly inputs: readonly number[];
  readonly positive: boolean;
  /** Of two classes of different size, the smaller one's samples weigh more. */
  readonly weight: number;
}

export interface LogisticFit {
  readonly intercept: number;
  readonly slopes: readonly number[];
}

/** Keeps the slopes finite when the classes can be told apart entirely; too small to move them otherwise. */
const ridge = 1e-5;
const steps = 60;

/** @throws Error when there are no samples, or they differ in length. */
export function fitLogistic(samples: readonly Sample[]): LogisticFit {
  const size = samples[0]?.inputs.length;
  if (size === undefined || samples.some(({ inputs }) => inputs.length !== size)) {
    throw new Error("A logistic fit needs samples of one length.");
  }
  const { mean, deviation } = spreadOf(samples, size);
  const rows = samples.map(({ inputs, positive, weight }) => ({
    x: [1, ...inputs.map((value, k) => (value - at(mean, k)) / at(deviation, k))],
    y: positive ? 1 : 0,
    weight,
  }));
  let beta = new Array<number>(size + 1).fill(0);
  for (let step = 0; step < steps; step += 1) {
    const gradient = beta.map((value, k) => (k === 0 ? 0 : -ridge * samples.length * value));
    const curvature = beta.map((_, i) =>
      beta.map((__, j) => (i === j ? (i === 0 ? 1e-9 : ridge * samples.length) : 0)),
    );
    for (const { x, y, weight } of rows) {
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, k) => sum + value * at(beta, k), 0)));
      for (const [i, value] of x.entries()) {
        gradient[i] = at(gradient, i) + weight * (y - p) * value;
        const row = curvature[i] ?? [];
        for (const [j, other] of x.entries()) row[j] = at(row, j) + weight * p * (1 - p) * value * other;
      }
    }
    const change = solve(curvature, gradient);
    beta = beta.map((value, k) => value + at(change, k));
  }
  const slopes = beta.slice(1).map((value, k) => value / at(deviation, k));
  const intercept = at(beta, 0) - slopes.reduce((sum, slope, k) => sum + slope * at(mean, k), 0);
  return { intercept, slopes };
}

export function predict({ intercept, slopes }: LogisticFit, inputs: readonly number[]): number {
  return 1 / (1 + Math.exp(-slopes.reduce((sum, slope, k) => sum + slope * at(inputs, k), intercept)));
}

function spreadOf(samples: readonly Sample[], size: number): { mean: number[]; deviation: number[] } {
  const mean = new Array<number>(size).fill(0);
  for (const { inputs } of samples) {
    for (const [k, value] of inputs.entries()) mean[k] = at(mean, k) + value / samples.length;
  }
  const deviation = mean.map((middle, k) => {
    const square = samples.reduce((sum, { inputs }) => sum + (at(inputs, k) - middle) ** 2, 0);
    return Math.sqrt(square / samples.length) || 1;
  });
  return { mean, deviation };
}

/** Gauss-Jordan elimination with row pivots; the matrix is small and positive definite. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, i) => [...row, at(right, i)]);
  for (let i = 0; i < rows.length; i += 1) {
    let pivot = i;
    for (let r = i; r < rows.length; r += 1) {
      if (Math.abs(at(rows[r] ?? [], i)) > Math.abs(at(rows[pivot] ?? [], i))) pivot = r;
    }
    const chosen = rows[pivot] ?? [];
    rows[pivot] = rows[i] ?? [];
    rows[i] = chosen;
    for (const [r, row] of rows.entries()) {
      if (r === i) continue;
      const factor = at(row, i) / at(chosen, i);
      for (let column = i; column < row.length; column += 1) {
        row[column] = at(row, column) - factor * at(chosen, column);
      }
    }
  }
  return rows.map((row, i) => at(row, rows.length) / at(row, i));
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
