/** LanceDB's errors as named failures. LanceDB tells its errors apart by their messages alone. */
import { Failure } from "../../model/failure.ts";
import { isRemote } from "./place.ts";

/** Runs `work`; whatever LanceDB or the file system throws becomes a Failure that says what was being done. */
export async function named<T>(doing: string, subject: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    // Bugs stay what they are: LanceDB and the file system throw plain errors.
    if (cause instanceof Failure || cause instanceof TypeError || cause instanceof RangeError) throw cause;
    throw failureOf(doing, subject, cause);
  }
}

export function isTableMissing(cause: unknown): boolean {
  return /Table '[^']*' was not found|TableNotFound|table .* not found/iu.test(messageOf(cause));
}

/** True when another writer's commit came between, and nothing of ours was committed: the same may be tried again. */
export function isConflict(cause: unknown): boolean {
  return /incompatible transaction|commit conflict/iu.test(messageOf(cause));
}

/** True for errors of the place (rights, space, network), false for files that are missing or make no sense. */
function isPlace(message: string): boolean {
  return /permission denied|read-only file system|no space left|file too large|EFBIG|EACCES|EROFS|ENOSPC|EPERM|quota|access ?denied|forbidden|unauthorized|credentials|timed? ?out|connection|dns|status: 5\d\d|not a directory|ENOTDIR/iu.test(
    message,
  );
}

/** LanceDB's own service answers for the tables there: no run of ours repairs them. */
const remoteAdvice =
  "Check LANCEDB_API_KEY, LANCEDB_REGION (LanceDB Cloud) or LANCEDB_HOST (Enterprise), and the database's name. " +
  "Nonmun was never tried on a db:// index: docs/operations.md says what is known. A folder or s3:// is.";

function failureOf(doing: string, subject: string, cause: unknown): Failure {
  const message = messageOf(cause);
  const firstLine = withoutPlaces(message);
  if (isRemote(subject)) {
    return new Failure("storage", `Could not ${doing}: ${firstLine}`, {
      advice: remoteAdvice,
      subject,
      cause,
    });
  }
  if (isPlace(message)) {
    return new Failure("storage", `Could not ${doing}: ${firstLine}`, {
      advice: "Check that the place exists, that it may be read and written, and that it has space left.",
      subject,
      cause,
    });
  }
  return new Failure("index-damaged", `Could not ${doing}: ${firstLine}`, {
    advice: "Run `nonmun index`: it repairs what is damaged and embeds only what can't be read any more.",
    subject,
    cause,
  });
}

/** What LanceDB says, without where in its source it says so; the whole of it stays in `cause`. */
function withoutPlaces(message: string): string {
  const line = message.split("\n", 1)[0] ?? message;
  return line.replace(/^lance error: (?:LanceError\(\w+\): )?/u, "").replace(/, \/\S+\.rs:\d+.*$/u, "");
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
