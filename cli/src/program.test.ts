/** Tests of the command line itself: its commands, flags it doesn't know, lists and numbers. Nothing is opened. */
import { type Command, CommanderError } from "commander";
import { expect, test } from "vitest";
import type { CommandContext } from "./command.ts";
import { createProgram } from "./program.ts";
import type { SettingFlags } from "./settings.ts";

/** Stands for what a command would open first: by then the command line has been understood. */
class Opened extends Error {
  readonly flags: SettingFlags & Readonly<Record<string, unknown>>;
  constructor(flags: SettingFlags) {
    super("opened");
    this.flags = { ...flags };
  }
}

const context: CommandContext = {
  open(flags) {
    throw new Opened(flags);
  },
  exitWith: () => undefined,
};

async function quietProgram(
  name: string | undefined,
): Promise<{ readonly program: Command; readonly written: string[] }> {
  const written: string[] = [];
  const program = await createProgram(context, name);
  for (const command of [program, ...program.commands]) {
    command.configureOutput({
      writeOut: (text) => written.push(text),
      writeErr: (text) => written.push(text),
    });
  }
  return { program, written };
}

async function given(...words: readonly string[]) {
  const { program, written } = await quietProgram(words[0]);
  const error = await program.parseAsync(["node", "nonmun", ...words]).then(
    () => null,
    (cause: unknown) => cause,
  );
  return { error, text: written.join("") };
}

async function flagsGiven(...words: readonly string[]) {
  const { error } = await given(...words);
  if (error instanceof Opened) return error.flags;
  throw error ?? new Error("The command opened nothing.");
}

const commands = (await createProgram(context)).commands.map((command) => command.name());
const unwrapped = (text: string) => text.replaceAll(/\s+/gu, " ");

test("has the commands that the product names", () => {
  const wanted = "index learn watch serve search show status doctor eval bench export mcp".split(" ");
  expect(commands).toEqual(expect.arrayContaining(wanted));
});

test.each(commands)("%s has help that begins with what it is for, and is no failure", async (name) => {
  const { error, text } = await given(name, "--help");
  const { program } = await quietProgram(name);
  expect(program.commands.map((command) => command.name())).toEqual([name]);
  const description = program.commands[0]?.description();
  expect(error).toBeInstanceOf(CommanderError);
  expect((error as CommanderError).exitCode).toBe(0);
  expect(description?.length).toBeGreaterThan(10);
  expect(unwrapped(text)).toContain(unwrapped(description ?? ""));
  expect(text).toContain("--index <place>");
});

test.each([
  ["search", "--jsn", "--json"],
  ["search", "--explan", "--explain"],
  ["index", "--qiet", "--quiet"],
  ["doctor", "--contnt", "--content"],
  ["search", "--organisation", "--org"],
])("%s %s is refused, and the nearest flag named: %s", async (command, flag, nearest) => {
  const { error, text } = await given(command, flag);
  expect(error).toMatchObject({ code: "commander.unknownOption", exitCode: 1 });
  expect(text).toContain(`Did you mean ${nearest}?`);
});

test("an unknown command names the nearest one", async () => {
  const { error, text } = await given("serch", "추론");
  expect(error).toBeInstanceOf(CommanderError);
  expect(text).toContain("Did you mean search?");
});

test("a flag that is like none of them is refused with one of them all the same", async () => {
  for (const flag of ["--xyzzy", "--folder=x", "--한글"]) {
    const { text } = await given("status", flag);
    expect(text).toMatch(/Did you mean --[a-z-]+\?/u);
  }
});

test("an unknown command has no help", async () => {
  const { error, text } = await given("serch", "--help");
  expect(error).toMatchObject({ code: "commander.unknownCommand" });
  expect(text).toContain("Did you mean search?");
});

test("a word to be left out is refused without --, and what to write is said", async () => {
  const { error, text } = await given("search", "추론", "-latent");
  expect(error).toMatchObject({ code: "commander.unknownOption" });
  expect(text).toContain("nonmun search -- reasoning -latent");
});

test("an org does not take the query for a second one; given again, both count", async () => {
  expect((await flagsGiven("search", "--org", "microsoft", "그림")).org).toEqual(["microsoft"]);
  expect((await flagsGiven("search", "--org", "microsoft", "--org", "google")).org).toEqual([
    "microsoft",
    "google",
  ]);
  expect((await flagsGiven("export", "--org", "google", "csv")).org).toEqual(["google"]);
});

test("a content folder does not take the query either, and index takes folders as arguments", async () => {
  expect((await flagsGiven("search", "--content", "posts", "그림")).content).toEqual(["posts"]);
  expect((await flagsGiven("index", "블로그", "notes")).content).toEqual(["블로그", "notes"]);
});

test.each([
  [["search", "--limit", "0"], "limit is a whole number from 1 to 50"],
  [["search", "--limit", "2.5"], "limit is a whole number from 1 to 50"],
  [["search", "--offset", "-1"], "offset is a whole number from 0"],
  [["search", "--mode", "magic"], "hybrid, semantic, lexical"],
  [["export", "xml"], "bibtex, jsonl, csv"],
  [["eval", "--corpus", "x"], "--queries"],
  [["show"], "missing required argument 'paper'"],
])("%j is refused with what would be right", async (words, told) => {
  const { error, text } = await given(...words);
  expect(error).toBeInstanceOf(CommanderError);
  expect(text).toContain(told);
});
