/** What is wrong in the posts, as a person reads it. */
import type { Diagnostic } from "@nonmun/core/model/diagnostic";
import { expect, it } from "vitest";
import { countsInWords, findingLines } from "./show-findings.ts";

function finding(
  code: string,
  severity: Diagnostic["severity"],
  line: number,
  advice = "Mend it.",
): Diagnostic {
  const place = { line, column: 3, offset: 0 };
  return {
    code,
    severity,
    message: `No ${line}.`,
    advice,
    file: "글.mdx",
    span: { start: place, end: place },
  };
}

it("shows the worst first, and says advice that holds for several places once below them", () => {
  const lines = findingLines([
    finding("missing-image", "warning", 1),
    finding("a-note", "info", 9),
    finding("missing-image", "warning", 2),
    finding("missing-image", "warning", 3, "Rename it."),
    finding("duplicate-paper", "info", 5),
    finding("duplicate-paper", "error", 4),
  ]);
  expect(lines).toEqual([
    "",
    "duplicate-paper (error, 1)",
    "  글.mdx:4:3  No 4. Mend it.",
    "",
    "missing-image (warning, 3)",
    "  글.mdx:1:3  No 1.",
    "  글.mdx:2:3  No 2.",
    "    Mend it.",
    "  글.mdx:3:3  No 3. Rename it.",
    "",
    "a-note (info, 1)",
    "  글.mdx:9:3  No 9. Mend it.",
    "",
    "duplicate-paper (info, 1)",
    "  글.mdx:5:3  No 5. Mend it.",
  ]);
});

it("counts by severity, and leaves out what there is none of", () => {
  expect(countsInWords([finding("a", "error", 1), finding("b", "info", 1), finding("b", "info", 2)])).toBe(
    "1 error, 2 notes",
  );
  expect(countsInWords([])).toBe("");
});
