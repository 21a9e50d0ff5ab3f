/** Typing: what is asked, what is shown, and what the box holds meanwhile. */
import type { SearchResponse } from "@nonmun/core/contract";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answer } from "#lib/api/problem.ts";
import { SearchSession } from "./session.ts";
import { emptySearch } from "./url.ts";

const problem = { type: "about:blank", title: "", status: 503, code: "no-index", detail: "" };
const answer: Answer<SearchResponse> = { ok: false, problem };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start(q: string) {
  const asked: string[] = [];
  const shown: { href: string; replace: boolean }[] = [];
  const pending: PromiseWithResolvers<Answer<SearchResponse>>[] = [];
  const session = new SearchSession(
    {
      load: (state) => {
        asked.push(state.q);
        const next = Promise.withResolvers<Answer<SearchResponse>>();
        pending.push(next);
        return next.promise;
      },
      show: async (href, _answer, replace) => {
        shown.push({ href, replace });
      },
      pause: 90,
    },
    { ...emptySearch, q },
  );
  return { session, asked, shown, pending };
}

test("letters typed in one breath are one search", async () => {
  const { session, asked } = start("");
  session.type("그");
  session.type("그리");
  session.type("그림");
  await vi.advanceTimersByTimeAsync(90);
  expect(asked).toEqual(["그림"]);
});

test("the first search is a step in the history, the next ones are not", async () => {
  const { session, shown, pending } = start("");
  void session.search("그림");
  pending[0]?.resolve(answer);
  await vi.runAllTimersAsync();
  session.follow({ ...emptySearch, q: "그림" });
  void session.search("그림 추론");
  pending[1]?.resolve(answer);
  await vi.runAllTimersAsync();
  expect(shown.map(({ replace }) => replace)).toEqual([false, true]);
});

test("a page that answers an older query leaves the newer text in the box", async () => {
  const { session, pending } = start("");
  void session.search("그림");
  pending[0]?.resolve(answer);
  await vi.advanceTimersByTimeAsync(0);
  session.type("그림 추론");
  session.follow({ ...emptySearch, q: "그림" });
  expect(session.text).toBe("그림 추론");
});

test("a page that comes by another way puts its query into the box", () => {
  const { session } = start("");
  session.type("그림");
  session.cancel();
  session.follow({ ...emptySearch, q: "다른 검색" });
  expect(session.text).toBe("다른 검색");
});

test("an answer that comes after a newer question is never shown", async () => {
  const { session, shown, pending } = start("x");
  void session.search("old");
  void session.search("new");
  pending[1]?.resolve(answer);
  await vi.runAllTimersAsync();
  pending[0]?.resolve(answer);
  await vi.runAllTimersAsync();
  expect(shown.map(({ href }) => href)).toEqual(["/?q=new"]);
  expect(session.busy).toBe(false);
});
