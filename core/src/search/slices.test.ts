/** Tests of computing in slices: the same result either way, with a pause between slices and none after the last. */
import { expect, it } from "vitest";
import { atOnce, endsSlice, inSlices, type Slices } from "./slices.ts";

function* sum(numbers: readonly number[]): Slices<number> {
  let total = 0;
  for (const [index, number] of numbers.entries()) {
    total += number;
    if (endsSlice(index, 2)) yield;
  }
  return total;
}

it("gives what is computed at once, and pauses after each slice", async () => {
  let pauses = 0;
  const pause = async () => {
    pauses += 1;
  };
  expect(await inSlices(sum([1, 2, 3, 4, 5]), pause)).toBe(15);
  expect(pauses).toBe(2);
  expect(atOnce(sum([1, 2, 3, 4, 5]))).toBe(15);
});

it("lets others have their turn between slices", async () => {
  const order: string[] = [];
  function* noted(): Slices<void> {
    for (const part of ["one", "two"]) {
      order.push(part);
      yield;
    }
  }
  setImmediate(() => order.push("other"));
  await inSlices(noted(), () => new Promise((resolve) => setImmediate(resolve)));
  expect(order).toEqual(["one", "other", "two"]);
});

it("hands on what a slice throws", async () => {
  // biome-ignore lint/correctness/useYield: it fails before its first slice ends.
  function* failing(): Slices<number> {
    throw new Error("부서졌다");
  }
  await expect(inSlices(failing(), async () => undefined)).rejects.toThrow("부서졌다");
  expect(() => atOnce(failing())).toThrow("부서졌다");
});
