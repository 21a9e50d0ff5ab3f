/** The list below the search box: suggestions for what is typed, or recent searches while the box is empty. */
import { createSubscriber } from "svelte/reactivity";
import { createLatest } from "./latest.ts";

export interface Option {
  readonly kind: "title" | "org" | "term" | "recent";
  readonly text: string;
  readonly href: string;
}

export type AskOptions = (text: string, signal: AbortSignal) => Promise<readonly Option[]>;

export class SuggestSession {
  readonly #ask: AskOptions;
  readonly #latest = createLatest();
  readonly #subscribe: () => void;
  #update = (): void => undefined;
  #options: readonly Option[] = [];
  #active = -1;

  constructor(ask: AskOptions) {
    this.#ask = ask;
    this.#subscribe = createSubscriber((update) => {
      this.#update = update;
    });
  }

  get options(): readonly Option[] {
    this.#subscribe();
    return this.#options;
  }

  /** Position of the option that the arrow keys stand on, or -1 for the box itself. */
  get active(): number {
    this.#subscribe();
    return this.#active;
  }

  get chosen(): Option | null {
    return this.#options[this.#active] ?? null;
  }

  /** Asks for the options of `text`. An answer that comes after a newer question is dropped. */
  async ask(text: string): Promise<void> {
    const outcome = await this.#latest.run((signal) => this.#ask(text, signal));
    if (outcome.kind === "newest") this.#set(outcome.value, -1);
  }

  /** Moves by one, round through the box. False when there is nothing to move through. */
  move(step: 1 | -1): boolean {
    if (this.#options.length === 0) return false;
    const places = this.#options.length + 1;
    this.#set(this.#options, ((this.#active + 1 + step + places) % places) - 1);
    return true;
  }

  close(): void {
    this.#latest.cancel();
    if (this.#options.length > 0) this.#set([], -1);
  }

  #set(options: readonly Option[], active: number): void {
    this.#options = options;
    this.#active = active;
    this.#update();
  }
}
