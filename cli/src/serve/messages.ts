/** What the server and its indexing process say to each other. */
import type { IndexProgress } from "@nonmun/core/contract";

export type IndexerMessage =
  | { readonly kind: "progress"; readonly progress: IndexProgress }
  | { readonly kind: "ran"; readonly generation: number }
  | { readonly kind: "failed"; readonly message: string }
  /** The first run is over, well or not, and the folders are under watch. */
  | { readonly kind: "watching" };

export interface RunRequest {
  readonly kind: "run";
}

export function isRunRequest(message: unknown): message is RunRequest {
  return kindOf(message) === "run";
}

export function isIndexerMessage(message: unknown): message is IndexerMessage {
  return ["progress", "ran", "failed", "watching"].includes(String(kindOf(message)));
}

function kindOf(message: unknown): unknown {
  return typeof message === "object" && message !== null && "kind" in message ? message.kind : null;
}
