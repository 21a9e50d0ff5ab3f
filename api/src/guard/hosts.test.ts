/** Which names a server answers to: its own, and those that it was told. */
import { describe, expect, test } from "vitest";
import { type HostRule, isHostAllowed } from "./hosts.ts";

const local: HostRule = { allowed: [], bound: "127.0.0.1", behindProxy: false };

describe("a server for this machine alone", () => {
  test.each([
    "localhost:4321",
    "LOCALHOST",
    "nonmun.localhost:4321",
    "127.0.0.1:4321",
    "[::1]:4321",
    "192.168.0.7",
    "localhost.",
  ])("answers to %s", (host) => expect(isHostAllowed(host, local)).toBe(true));

  test.each([
    "evil.example",
    "evil.example:4321",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evil.example/localhost",
    "evil@localhost",
    "",
    "[::1",
    "localhost:port",
  ])("refuses %j", (host) => expect(isHostAllowed(host, local)).toBe(false));
});

test("a name that was allowed is answered, with any port, and no other", () => {
  const rule = { ...local, allowed: ["search.lan", "논문.example"] };
  expect(isHostAllowed("Search.LAN:8080", rule)).toBe(true);
  expect(isHostAllowed("논문.example", rule)).toBe(true);
  expect(isHostAllowed("other.lan", rule)).toBe(false);
  expect(isHostAllowed("other.lan", { ...local, allowed: "*" })).toBe(true);
});

test("a server that was opened to others answers to any name, until it is told its names", () => {
  for (const open of [
    { ...local, bound: "0.0.0.0" },
    { ...local, bound: "::" },
    { ...local, behindProxy: true },
  ]) {
    expect(isHostAllowed("search.example", open)).toBe(true);
    expect(isHostAllowed("search.example", { ...open, allowed: ["papers.example"] })).toBe(false);
    expect(isHostAllowed("papers.example", { ...open, allowed: ["papers.example"] })).toBe(true);
  }
});

test("a server bound to a name answers to it", () => {
  expect(isHostAllowed("search.lan:4321", { ...local, bound: "search.lan" })).toBe(true);
});
