/** The search as someone types it: what stands in the box, what is under way, and the address that follows. */
import type { SearchResponse } from "@nonmun/core/contract";
import { createSubscriber } from "svelte/reactivity";
import type { Answer } from "#lib/api/problem.ts";
import { createLatest } from "./latest.ts";
import { changed, type SearchState, searchHref } from "./url.ts";

export interface SessionDeps {
  readonly load: (state: SearchState, signal: AbortSignal) => Promise<Answer<SearchResponse>>;
  /** Shows an answer: navigates to `href`, in place of the current history entry or after it. */
  readonly show: (href: string, answer: Answer<SearchResponse>, replace: boolean) => Promise<void>;
  /** Milliseconds of silence before a search begins. */
  readonly pause: number;
}

export class SearchSession {
  readonly #deps: SessionDeps;
  readonly #latest = createLatest();
  readonly #subscribe: () => void;
  #update = (): void => undefined;
  #text: string;
  #busy = false;
  #state: SearchState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The query last asked for by typing: when its page comes, the box has moved on and is left alone. */
  #asked: string | null = null;

  constructor(deps: SessionDeps, state: SearchState) {
    this.#deps = deps;
    this.#state = state;
    this.#text = state.q;
    this.#subscribe = createSubscriber((update) => {
      this.#update = update;
    });
  }

  /** What stands in the box. */
  get text(): string {
    this.#subscribe();
    return this.#text;
  }

  /** True while a search that was typed is under way. */
  get busy(): boolean {
    this.#subscribe();
    return this.#busy;
  }

  /** The page now shows `state`. The box follows, unless the page is the answer to what was typed in it. */
  follow(state: SearchState): void {
    this.#state = state;
    if (state.q === this.#asked) return;
    this.#asked = null;
    this.#set({ text: state.q });
  }

  /** Something was typed: search after a short silence. */
  type(text: string): void {
    this.#set({ text });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.search(), this.#deps.pause);
  }

  /** Searches for `q`, or what stands in the box, at once. A search that was under way is aborted. */
  async search(q: string = this.#text): Promise<void> {
    clearTimeout(this.#timer);
    this.#set({ text: q });
    if (q === this.#state.q && !this.#busy) return;
    const next = changed(this.#state, { q });
    this.#set({ busy: true });
    const outcome = await this.#latest.run((signal) => this.#deps.load(next, signal));
    if (outcome.kind === "superseded") return;
    this.#set({ busy: false });
    this.#asked = q;
    // Leaving the start page makes a step in the history; each further letter doesn't.
    await this.#deps.show(searchHref(next), outcome.value, this.#state.q !== "");
  }

  /** Another navigation takes over: what was under way no longer counts. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#latest.cancel();
    this.#asked = null;
    this.#set({ busy: false });
  }

  #set({ text = this.#text, busy = this.#busy }: { text?: string; busy?: boolean }): void {
    if (text === this.#text && busy === this.#busy) return;
    this.#text = text;
    this.#busy = busy;
    this.#update();
  }
}
