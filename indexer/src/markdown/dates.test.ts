/** Dates as authors write them. */
import { expect, test } from "vitest";
import { dateFrom, findDate } from "./dates.ts";

test.each([
  ["2025-10-29-papers-review", "2025-10-29"],
  ["2025.1.5 논문", "2025-01-05"],
  ["archive/2025/10/29", "2025-10-29"],
  ["note20251029a", "2025-10-29"],
  ["2025년 3월 2일의 논문", "2025-03-02"],
  ["October 29, 2025", "2025-10-29"],
  ["29 Oct 2025", "2025-10-29"],
  ["2025-02-30", null],
  ["2510.24514", null],
  ["arXiv 2024.12345", null],
])("%s is the day %s", (text, date) => {
  expect(findDate(text)).toBe(date);
});

test("a time zone doesn't move the day", () => {
  expect(dateFrom("2025-10-29 00:30:00 +0900")).toBe("2025-10-29");
});
