/** `nonmun learn`: makes the vectors of glossary and lexicon. The server runs it beside itself, after its first start. */
import { lowerPriority } from "@nonmun/core/adapters/lower-priority";
import type { Command } from "commander";
import { openEmbedder, openRanking } from "../adapters.ts";
import { type CommandContext, type OpenContext, withSettings } from "../command.ts";
import { inTurn, learnWords } from "../learn-words.ts";
import { recallWords, wordsToLearn } from "../learned-words.ts";
import { plural } from "../report-run.ts";
import { isHoldRequest, type LearnerMessage } from "../serve/messages.ts";

export function addLearnCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("learn"))
    .description("make the vectors of glossary and lexicon now, not beside the first searches of a server")
    .action(async (flags) => {
      const opened = context.open(flags);
      await (process.send === undefined ? learnForPeople(opened) : learnForServer(opened));
    });
}

async function learnForPeople({ config, terminal, signal }: OpenContext): Promise<void> {
  await inTurn(signal, async () => {
    const embedder = await openEmbedder(config, terminal);
    try {
      const ranking = await openRanking(config, embedder);
      const words = wordsToLearn(ranking, embedder);
      const onProgress = (done: number, total: number): void => terminal.bar(`Learning ${done}/${total}`);
      await learnWords(words, embedder, { signal, onProgress });
      terminal.bar(null);
      if (signal.aborted) return;
      await recallWords(ranking, embedder);
      const count = new Set(words.flatMap(({ texts }) => texts)).size;
      terminal.say(`Searches compare with ${plural(count, "word")} and descriptions, all of them learned.`);
    } finally {
      await embedder.close();
    }
  });
}

/** Gives way to whatever else runs, stops while the server says so, and ends with it. */
async function learnForServer({ config, terminal, signal }: OpenContext): Promise<void> {
  lowerPriority("PRIORITY_LOW");
  const gone = new AbortController();
  const stop = AbortSignal.any([signal, gone.signal]);
  process.once("disconnect", () => gone.abort());
  if (!process.connected) gone.abort();
  const turn = turnstile(stop);
  process.on("message", (message) => {
    if (isHoldRequest(message)) turn.hold(message.hold);
  });
  const tell = (message: LearnerMessage): void => {
    if (process.connected) process.send?.(message);
  };
  await inTurn(stop, async () => {
    const embedder = await openEmbedder(config, terminal, "learning");
    const words = wordsToLearn(await openRanking(config, embedder), embedder);
    const onLearned = (file: string): void => tell({ kind: "learned", file });
    await learnWords(words, embedder, { signal: stop, turn: turn.pass, onLearned });
    if (stop.aborted) return;
    // Also when another server's process had made everything meanwhile.
    for (const file of new Set(words.map((some) => some.file))) onLearned(file);
    await embedder.close();
  });
  // At once: what is written is whole, and an engine that is ended by other means in the middle of a batch says so loudly.
  if (stop.aborted) process.kill(process.pid, "SIGKILL");
}

/** Lets pass while it is not held; everything once `signal` is aborted. */
function turnstile(signal: AbortSignal) {
  let open = Promise.withResolvers<void>();
  open.resolve();
  signal.addEventListener("abort", () => open.resolve(), { once: true });
  return {
    pass: () => open.promise,
    hold(isHeld: boolean): void {
      open.resolve();
      if (isHeld && !signal.aborted) open = Promise.withResolvers();
    },
  };
}
