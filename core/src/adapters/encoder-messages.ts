/** What the encoder's thread and the one that asks it say to each other, and how failures get across. */
import type { Embedding } from "../model/chunk.ts";
import { Failure, type FailureCode } from "../model/failure.ts";
import type { ModelProfile, TextKind } from "../ports/embedder.ts";
import type { DownloadProgress } from "./model-download.ts";
import type { TransformersOptions } from "./transformers-embedder.ts";

/** What the thread is started with. Functions can't be sent: progress comes as a message. */
export interface EncoderStart {
  readonly model: string | undefined;
  readonly options: Omit<TransformersOptions, "onProgress">;
  readonly givesWay: boolean;
}

export type EncoderRequest =
  | {
      readonly kind: "embed";
      readonly id: number;
      readonly texts: readonly string[];
      readonly textKind: TextKind;
      readonly jobSize: number | undefined;
    }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "close" };

export type EncoderReply =
  | { readonly kind: "downloading"; readonly progress: DownloadProgress }
  /** The model was found; its weights are loaded with the first text. `folder` holds its files. */
  | { readonly kind: "opened"; readonly profile: ModelProfile; readonly folder: string }
  | { readonly kind: "refused"; readonly failure: SentFailure }
  | { readonly kind: "embedded"; readonly id: number; readonly embeddings: readonly Embedding[] }
  | { readonly kind: "failed"; readonly id: number; readonly failure: SentFailure };

/** A failure as plain values: a class loses its name and its fields on the way between threads. */
export interface SentFailure {
  /** Null for an error that nobody has foreseen. */
  readonly code: FailureCode | null;
  readonly message: string;
  readonly advice: string;
  readonly subject: string | null;
  readonly cause: string | null;
}

export function sendFailure(error: unknown): SentFailure {
  if (error instanceof Failure) {
    const { code, message, advice, subject, cause } = error;
    return { code, message, advice, subject, cause: cause === undefined ? null : wordsOf(cause) };
  }
  return { code: null, message: wordsOf(error), advice: "", subject: null, cause: null };
}

export function receiveFailure({ code, message, advice, subject, cause }: SentFailure): Error {
  if (code === null) return new Error(message);
  return new Failure(code, message, {
    advice,
    ...(subject === null ? {} : { subject }),
    ...(cause === null ? {} : { cause: new Error(cause) }),
  });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
