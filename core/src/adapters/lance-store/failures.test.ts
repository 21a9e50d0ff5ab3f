/** Errors of LanceDB and of the file system, as named failures with something to do. */
import { expect, it } from "vitest";
import { Failure } from "../../model/failure.ts";
import { isTableMissing, named } from "./failures.ts";

const thrown = (cause: unknown): Promise<unknown> =>
  named("write posts", "/index", () => Promise.reject(cause)).catch((failure: unknown) => failure);

const cases: readonly (readonly [string, string, string])[] = [
  [
    "a full disk",
    "lance error: LanceError(IO): No space left on device (os error 28), /usr/lib/a.rs:255:9  Caused by: x",
    "storage",
  ],
  ["missing rights", "EACCES: permission denied, mkdir '/index'", "storage"],
  [
    "a file cut short",
    "lance error: LanceError(IO): Invalid range 0..832 for object of size 10 bytes",
    "index-damaged",
  ],
  ["a missing file", "lance error: Not found: index/chunks.lance/data/1.lance", "index-damaged"],
];
for (const [name, message, code] of cases) {
  it(`calls ${name} ${code}`, async () => {
    const cause = new Error(message);
    expect(await thrown(cause)).toMatchObject({ name: "Failure", code, subject: "/index", cause });
    expect(await thrown(cause)).toHaveProperty("advice", expect.stringMatching(/./u));
  });
}

it("says what LanceDB says without the places in its source", async () => {
  expect(await thrown(new Error(cases[0]?.[1]))).toHaveProperty(
    "message",
    "Could not write posts: No space left on device (os error 28)",
  );
});

it("lets failures that have a name and bugs through as they are", async () => {
  for (const cause of [new Failure("index-busy", "busy"), new TypeError("bug")]) {
    expect(await thrown(cause)).toBe(cause);
  }
});

it("tells a table that isn't there from other errors", () => {
  expect(isTableMissing(new Error("Table 'chunks_1' was not found"))).toBe(true);
  expect(isTableMissing(new Error("No space left on device"))).toBe(false);
});
