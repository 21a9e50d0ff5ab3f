/** A process that publishes the site of one round into a folder, and says when it begins. Its failures end it as the command's do. */
import { exitCodeOf, wordsOf } from "@nonmun/cli/exit-codes";
import { writeFolder } from "@nonmun/cli/publish/folder";
import { Failure } from "@nonmun/core/model/failure";
import { siteOf } from "./published-sites.ts";

const [, , folder = "", round = "0"] = process.argv;
process.stdout.write("begins\n");
try {
  await writeFolder(folder, siteOf(Number(round)));
} catch (error) {
  process.stderr.write(wordsOf(error));
  process.exitCode = error instanceof Failure ? exitCodeOf(error.code) : 1;
}
