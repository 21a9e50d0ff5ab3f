/** A disk that is soon full. */
import { execFileSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import type { TestContext } from "vitest";

/** Does `work` while a disk of so many megabytes lies in `folder`. Skips the test where nobody may mount one. */
export async function onSmallDisk(
  context: TestContext,
  folder: string,
  megabytes: number,
  work: () => Promise<void>,
): Promise<void> {
  await mkdir(folder);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    context.skip("no right to mount a small disk");
  }
  try {
    await work();
  } finally {
    // Lazily: files that LanceDB still holds open in this process are let go when it ends.
    execFileSync("umount", ["-l", folder]);
  }
}
