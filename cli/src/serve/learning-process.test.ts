/** The learning process is heard, held, ended with the server, and missed by nobody when it dies. */
import { afterEach, expect, it } from "vitest";
import { type LearningProcess, startLearningProcess } from "./learning-process.ts";

let running: LearningProcess | null = null;
afterEach(() => running?.close());

/** A process that runs `code`. */
function start(code: string) {
  const heard = Promise.withResolvers<void>();
  const warnings: string[] = [];
  let times = 0;
  const learning = startLearningProcess({
    command: [process.execPath, "--input-type=module", "--eval", code],
    environment: process.env,
    onLearned: () => {
      times += 1;
      heard.resolve();
    },
    warn: (line) => warnings.push(line),
  });
  running = learning;
  return { learning, heard: heard.promise, warnings, times: () => times };
}

const leaveWithServer = `process.once("disconnect", () => process.exit());`;

it("tells of what was learned, and that it ended well", async () => {
  const { learning, warnings, times } = start(
    `process.send({ kind: "learned", file: "words.bin" }); process.send({ kind: "learned", file: "words.bin" }, () => process.disconnect());`,
  );
  expect(await learning.learned).toBe(true);
  expect([times(), warnings]).toEqual([2, []]);
});

it("lets it wait, and go on", async () => {
  const { learning, heard } = start(
    `${leaveWithServer} const said = [];
     process.on("message", ({ hold }) => { said.push(hold); if (said.join() === "true,false") process.send({ kind: "learned", file: "words.bin" }); });`,
  );
  learning.hold(true);
  learning.hold(false);
  await heard;
});

it("ends it with the server, and warns of nothing then", async () => {
  const { learning, heard, warnings } = start(
    `${leaveWithServer} process.send({ kind: "learned", file: "words.bin" });`,
  );
  await heard;
  await learning.close();
  expect([await learning.learned, warnings]).toEqual([true, []]);
});

it("ends one that doesn't listen", async () => {
  const { learning, heard, warnings } = start(
    `process.send({ kind: "learned", file: "words.bin" }); setInterval(() => undefined, 1000);`,
  );
  await heard;
  await learning.close();
  expect([await learning.learned, warnings]).toEqual([false, []]);
});

it("says that it was killed, and that nothing is lost", async () => {
  const { learning, warnings } = start(`process.kill(process.pid, "SIGKILL");`);
  expect(await learning.learned).toBe(false);
  expect(warnings).toEqual([expect.stringContaining("The next start goes on where it was.")]);
});

it("doesn't say twice what a process that failed has said", async () => {
  const { learning, warnings } = start("process.exit(1);");
  expect([await learning.learned, warnings]).toEqual([false, []]);
});

it("says that it can't be started", async () => {
  const warnings: string[] = [];
  const learning = startLearningProcess({
    command: ["nonmun-no-such-program"],
    environment: process.env,
    onLearned: () => undefined,
    warn: (line) => warnings.push(line),
  });
  expect(await learning.learned).toBe(false);
  expect(warnings).toEqual([expect.stringContaining("can't be started")]);
});
