/** Resident memory of processes, in MB. Only Linux tells it under /proc. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

export const isMemoryTold = existsSync("/proc/self/status");

/** The process that the one of `pid` started: what it was started for, when that looks for its dependencies first. */
export async function childOf(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return Number(children.trim().split(" ")[0]);
}

export function residentMb(pid: number): Promise<number> {
  return read(pid, "VmRSS");
}

/** The most that it ever was. */
export function mostResidentMb(pid: number): Promise<number> {
  return read(pid, "VmHWM");
}

/** @throws when the process is gone. */
async function read(pid: number, field: "VmRSS" | "VmHWM"): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, "mu").exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`Process ${pid} has ended.`);
  return Number(kilobytes) / 1024;
}
