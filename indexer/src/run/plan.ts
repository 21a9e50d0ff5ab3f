/** What a run has to do, from what is stored and what is there: hashes in, three lists out. */

export interface Plan {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/** Compares posts by path and hash. Each list is in code unit order of the paths. */
export function planRun(stored: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): Plan {
  const paths = [...found.keys()].sort();
  return {
    added: paths.filter((path) => !stored.has(path)),
    changed: paths.filter((path) => stored.has(path) && stored.get(path) !== found.get(path)),
    unchanged: paths.filter((path) => stored.get(path) === found.get(path)),
    removed: [...stored.keys()].filter((path) => !found.has(path)).sort(),
  };
}
