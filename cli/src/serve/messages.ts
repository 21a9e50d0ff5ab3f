/** What the server and its processes for indexing and learning say to each other. */
import type { IndexProgress } from "@nonmun/core/model/progress";

export type IndexerMessage =
  | { readonly kind: "progress"; readonly progress: IndexProgress }
  | { readonly kind: "ran"; readonly generation: number }
  | { readonly kind: "failed"; readonly message: string }
  /** The first run is over, well or not, and the folders are under watch. */
  | { readonly kind: "watching" };

export interface RunRequest {
  readonly kind: "run";
}

/** A file has more to recall than before. */
export interface LearnerMessage {
  readonly kind: "learned";
  readonly file: string;
}

/** Says to the learning process that it is to wait, or to go on. */
export interface HoldRequest {
  readonly kind: "hold";
  readonly hold: boolean;
}

export function isLearnerMessage(message: unknown): message is LearnerMessage {
  return kindOf(message) === "learned";
}

export function isHoldRequest(message: unknown): message is HoldRequest {
  return kindOf(message) === "hold";
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
