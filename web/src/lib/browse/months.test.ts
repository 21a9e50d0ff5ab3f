/** Months: the empty ones between are there, and the last day is right. */
import { expect, test } from "vitest";
import { countMonths, lastDay } from "./months.ts";

test("months without papers are counted as none", () => {
  expect(countMonths(["2024-11-03", null, "2025-02-01", "2025-02-28"])).toEqual([
    { month: "2024-11", count: 1 },
    { month: "2024-12", count: 0 },
    { month: "2025-01", count: 0 },
    { month: "2025-02", count: 2 },
  ]);
});

test("one wrong date makes no thousand months", () => {
  expect(countMonths(["0001-01-01", "2025-02-01"])).toHaveLength(120);
});

test.each([
  ["2024-02", "2024-02-29"],
  ["2025-12", "2025-12-31"],
])("%s ends on %s", (month, day) => {
  expect(lastDay(month)).toBe(day);
});
