/** Overlapping requests: only the newest counts. */
import { expect, test } from "vitest";
import { createLatest } from "./latest.ts";

test("an answer that comes after a newer request is superseded, and its request is aborted", async () => {
  const latest = createLatest();
  const slow = Promise.withResolvers<string>();
  let signal: AbortSignal | undefined;
  const first = latest.run((given) => {
    signal = given;
    return slow.promise;
  });
  const second = latest.run(async () => "new");
  slow.resolve("old");
  expect(await second).toEqual({ kind: "newest", value: "new" });
  expect(await first).toEqual({ kind: "superseded" });
  expect(signal?.aborted).toBe(true);
});

test("a superseded request may fail without anyone hearing of it; the newest is heard", async () => {
  const latest = createLatest();
  const slow = Promise.withResolvers<string>();
  const first = latest.run(() => slow.promise);
  const second = latest.run(() => Promise.reject(new Error("down")));
  slow.reject(new Error("aborted"));
  expect(await first).toEqual({ kind: "superseded" });
  await expect(second).rejects.toThrow("down");
});

test("what is cancelled is superseded", async () => {
  const latest = createLatest();
  const running = latest.run(async () => "answer");
  latest.cancel();
  expect(await running).toEqual({ kind: "superseded" });
});
