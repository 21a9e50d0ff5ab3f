/** Fetches new posts when a push was announced: `git pull` in each content folder that lies in a clone. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
/** Milliseconds after which a pull that hangs (a password prompt, a dead network) is given up. */
const timeout = 60_000;

export async function pullContent(folders: readonly string[], say: (line: string) => void): Promise<void> {
  for (const folder of folders) {
    try {
      const { stdout } = await run("git", ["-C", folder, "pull", "--ff-only"], {
        timeout,
        env: { ...process.env, GIT_TERMINAL_PROMPT: "0" },
      });
      say(`git pull in ${folder}: ${stdout.trim().split("\n").at(-1) ?? ""}`);
    } catch (cause) {
      say(`git pull in ${folder} failed: ${cause instanceof Error ? cause.message.trim() : String(cause)}`);
    }
  }
}
