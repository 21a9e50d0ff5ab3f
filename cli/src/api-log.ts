/** Where the API tells what a client must not see: on standard error, with the place where a bug came up. */
import type { ApiLog } from "@nonmun/api/deps";
import { wordsOf } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** An error says nothing as JSON, so it is written out: its stack for a bug, what to do for a named failure. */
export function createApiLog(terminal: Pick<Terminal, "warn">): ApiLog {
  return {
    error(message, { error, ...details }) {
      const known = Object.keys(details).length === 0 ? "" : ` ${JSON.stringify(details)}`;
      terminal.warn(`${message}${known}${error === undefined ? "" : `: ${wordsOf(error)}`}`);
    },
  };
}
