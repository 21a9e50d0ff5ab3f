/** Where commands write: data to standard output, everything else to standard error, nothing of that when quiet. */

export interface Terminal {
  /** Data: results, JSON, lists. */
  out(text: string): void;
  /** A line about what goes on. */
  say(line: string): void;
  /** A line that is written even when quiet. */
  warn(line: string): void;
  /** Whether standard error is a terminal that a bar can be drawn on. */
  readonly interactive: boolean;
  readonly quiet: boolean;
  /** Columns of standard output, for wrapping. */
  readonly columns: number;
  /** Redraws the one line at the bottom; null takes it away. */
  bar(line: string | null): void;
}

export function createTerminal(quiet: boolean): Terminal {
  const { stdout, stderr } = process;
  let bar: string | null = null;
  const clear = () => (bar === null ? "" : "\r\u001b[K");

  function line(text: string): void {
    stderr.write(`${clear()}${text}\n${bar ?? ""}`);
  }
  return {
    out: (text) => {
      stdout.write(`${text}\n`);
    },
    say: (text) => {
      if (!quiet) line(text);
    },
    warn: line,
    interactive: stderr.isTTY === true,
    quiet,
    columns: stdout.columns ?? 100,
    bar(text) {
      if (quiet || stderr.isTTY !== true) return;
      stderr.write(clear() + (text ?? ""));
      bar = text;
    },
  };
}
