/** The process: runs one command, says what failed, and leaves with the exit code that goes with it. */
import { Failure } from "@nonmun/core/model/failure";
import { CommanderError } from "commander";
import { createContext } from "./command.ts";
import { exitCodeOf, wordsOf } from "./exit-codes.ts";
import { createProgram } from "./program.ts";

// A reader that has seen enough (`nonmun search x | head -1`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

try {
  const program = await createProgram(createContext(), process.argv[2]);
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = codeOf(error);
}
// What is written to a pipe is on its way still: the last piece has gone when an empty one after it has.
await new Promise((resolve) => process.stdout.write("", resolve));
// Open handles of native modules (the engine's threads, LanceDB's runtime) must not keep a finished command alive.
process.exit();

function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(`${wordsOf(error)}\n`);
  return error instanceof Failure ? exitCodeOf(error.code) : 1;
}
