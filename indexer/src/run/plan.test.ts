/** Tests of the plan of a run: two maps of hashes in, four lists of paths out. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { planRun } from "./plan.ts";

const map = (record: Readonly<Record<string, string>>) => new Map(Object.entries(record));

it("tells added, changed, removed and unchanged posts apart", () => {
  const stored = map({ "같은.md": "1", "바뀐.md": "2", "없는.md": "3" });
  const found = map({ "바뀐.md": "20", "새.md": "4", "같은.md": "1" });
  expect(planRun(stored, found)).toEqual({
    added: ["새.md"],
    changed: ["바뀐.md"],
    removed: ["없는.md"],
    unchanged: ["같은.md"],
  });
});

it("takes a post that moved as one removed and one added", () => {
  const plan = planRun(map({ "a.md": "1" }), map({ "b.md": "1" }));
  expect(plan).toEqual({ added: ["b.md"], changed: [], removed: ["a.md"], unchanged: [] });
});

it("puts every path into one list, each list in order", () => {
  const hashes = fc.dictionary(fc.string({ maxLength: 3 }), fc.constantFrom("1", "2")).map(map);
  fc.assert(
    fc.property(hashes, hashes, (stored, found) => {
      const plan = planRun(stored, found);
      const all = Object.values(plan).flat();
      expect(all.toSorted()).toEqual([...new Set([...stored.keys(), ...found.keys()])].sort());
      for (const paths of Object.values(plan)) expect(paths).toEqual(paths.toSorted());
    }),
  );
});
