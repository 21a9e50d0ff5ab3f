/** Lets other work go first. */
import { constants, setPriority } from "node:os";

/** Lowers the priority of this process; on Linux of the calling thread and of those it starts from now on. It can't be raised again. */
export function lowerPriority(to: "PRIORITY_BELOW_NORMAL" | "PRIORITY_LOW"): void {
  try {
    setPriority(constants.priority[to]);
  } catch (cause) {
    // Some systems let no process change it: then this one is as quick as others.
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause;
  }
}
