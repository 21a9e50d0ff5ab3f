/** The API's log says what went wrong and where, not `{}`. */
import { Failure } from "@nonmun/core/model/failure";
import { expect, it } from "vitest";
import { createApiLog } from "./api-log.ts";

function logged(details: Readonly<Record<string, unknown>>): string {
  const lines: string[] = [];
  createApiLog({ warn: (line) => lines.push(line) }).error("GET /api/search failed", details);
  return lines.join("\n");
}

it("writes the stack of a bug", () => {
  const line = logged({ status: 500, error: new Error("letters that no syllable has") });
  expect(line).toMatch(/^GET \/api\/search failed \{"status":500\}: .*letters that no syllable has/u);
  expect(line).toContain("api-log.test.ts");
});

it("writes what to do about a named failure, without a stack", () => {
  const error = new Failure("storage", "The disk is full.", { advice: "Make space." });
  expect(logged({ error })).toBe("GET /api/search failed: The disk is full.\nMake space.");
});

it("says nothing of an error where there is none", () => {
  expect(logged({ code: "internal" })).toBe('GET /api/search failed {"code":"internal"}');
});
