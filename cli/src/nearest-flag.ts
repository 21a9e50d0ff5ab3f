/** Names the nearest flag for one that does not exist, however far it is: there are few, and one of them was meant. */
import { editDistance } from "@nonmun/core/text/edit-distance";
import type { Command } from "commander";

/**
 * Adds the nearest flag to commander's message, which itself names only those that differ by a letter or two.
 * One dash is left alone: in a search that is a word to be left out.
 */
export function nameNearestFlag(command: Command): void {
  command.configureOutput({
    outputError: (text, write) => {
      const flag = /^error: unknown option '(--[^'=]+)/u.exec(text)?.[1];
      const nearest =
        flag === undefined || text.includes("Did you mean") ? null : nearestFlag(flag, flagsOf(command));
      write(nearest === null ? text : `${text.trimEnd()}\n(Did you mean ${nearest}?)\n`);
    },
  });
}

/** The flag that one of them begins with the other, or else the one with the fewest edits; the first of equals. */
function nearestFlag(typed: string, flags: readonly string[]): string | null {
  const name = typed.replace(/^-+/u, "");
  const costs = flags.map((flag) => {
    const other = flag.slice(2);
    const isPart = name.startsWith(other) || other.startsWith(name);
    return { flag, cost: isPart ? 0 : editDistance(name, other, 100) };
  });
  return costs.toSorted((a, b) => a.cost - b.cost)[0]?.flag ?? null;
}

function flagsOf(command: Command): readonly string[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long }) => long ?? []);
}
