/** The loaded weights of a model: of two forms that give the same vectors, the one that suits the work at hand. */
import { basename, dirname } from "node:path";
import { AutoModel, env, LogLevel, type PreTrainedModel } from "@huggingface/transformers";
import type { Failure } from "../model/failure.ts";
import type { Weights } from "./model-weights.ts";

export type WeightForm = "stored" | "expanded";

export interface ModelEngine {
  /**
   * Lends the model in the form wanted, which is loaded if need be. The other form is freed when nobody uses it.
   *
   * @throws Failure `refusal(cause)` when the weights can't be loaded; the next call tries again.
   */
  use<T>(form: WeightForm, work: (model: PreTrainedModel) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** Threads of the engine with the weights of a form; undefined for one for each core. */
  readonly threads: (form: WeightForm) => number | undefined;
  /** Where the weights of a form lie. */
  readonly locate: (form: WeightForm) => Promise<Weights>;
  /** The failure of weights that can't be loaded. */
  readonly refusal: (cause: unknown) => Failure;
}

interface Loaded {
  readonly model: Promise<PreTrainedModel>;
  users: number;
}

export function createModelEngine({ threads, locate, refusal }: EngineOptions): ModelEngine {
  const forms = new Map<WeightForm, Loaded>();

  function take(form: WeightForm): Loaded {
    const known = forms.get(form);
    if (known !== undefined) return known;
    const model = locate(form)
      .then((weights) => load(weights, threads(form)))
      .catch((cause: unknown) => {
        throw refusal(cause);
      });
    const made: Loaded = { model, users: 0 };
    made.model.catch(() => {
      if (forms.get(form) === made) forms.delete(form);
    });
    forms.set(form, made);
    return made;
  }

  async function free(form: WeightForm, loaded: Loaded): Promise<void> {
    forms.delete(form);
    const model = await loaded.model.catch(() => null);
    await model?.dispose();
  }

  return {
    async use(form, work) {
      const loaded = take(form);
      loaded.users += 1;
      try {
        for (const [other, idle] of [...forms]) if (idle.users === 0) await free(other, idle);
        return await work(await loaded.model);
      } finally {
        loaded.users -= 1;
      }
    },
    async close() {
      await Promise.all([...forms].map(([form, loaded]) => free(form, loaded)));
    },
  };
}

/** The library finds files through a setting of the whole process, so one model is loaded at a time. */
let loading: Promise<unknown> = Promise.resolve();

function load(weights: Weights, threads: number | undefined): Promise<PreTrainedModel> {
  const loaded = loading.then(() => loadNow(weights, threads));
  loading = loaded.catch(() => undefined);
  return loaded;
}

async function loadNow({ folder, dtype }: Weights, threads: number | undefined): Promise<PreTrainedModel> {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
  env.useFSCache = false;
  env.logLevel = LogLevel.ERROR;
  env.localModelPath = dirname(folder);
  return AutoModel.from_pretrained(basename(folder), {
    dtype,
    local_files_only: true,
    session_options: {
      ...(threads === undefined ? {} : { intraOpNumThreads: threads, interOpNumThreads: 1 }),
      // Idle threads that spin take the core from whatever else runs: on a busy machine they cost 40 % (docs/performance.md).
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    },
  });
}
