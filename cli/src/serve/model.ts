/** The encoder of the server: loads in the background while lexical search already answers. */
import type { StatusResponse } from "@nonmun/core/contract";
import type { Embedder } from "@nonmun/core/ports/embedder";

export interface ServedModel {
  /** Null until warm, or when it can't be loaded. */
  embedder(): Embedder | null;
  state(): StatusResponse["model"];
  /** Settles when the model is warm or has failed; tells which. */
  readonly warm: Promise<boolean>;
}

export function warmModel(
  embedder: Embedder,
  events: { readonly onWarm: () => Promise<void>; readonly warn: (error: unknown) => void },
): ServedModel {
  let state: "loading" | "ready" | "failed" = "loading";
  const warm = warmUp();

  async function warmUp(): Promise<boolean> {
    try {
      await embedder.embed(["논문 review"], "query");
    } catch (error) {
      state = "failed";
      events.warn(error);
      return false;
    }
    state = "ready";
    await events.onWarm();
    return true;
  }
  return {
    embedder: () => (state === "ready" ? embedder : null),
    state: () => ({ id: embedder.profile.id, state, dimensions: embedder.profile.dimensions }),
    warm,
  };
}
