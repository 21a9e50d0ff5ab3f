/** The loaded weights of a model: of two forms that give the same vectors, the one that suits the work at hand. */
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { AutoModel, env, LogLevel, type PreTrainedModel } from "@huggingface/transformers";
import type { Failure } from "../model/failure.ts";
import { weightsName } from "./model-files.ts";
import type { Weights } from "./model-weights.ts";

export type WeightForm = "stored" | "expanded";

export interface ModelEngine {
  /**
   * Lends the model in the form wanted, which is loaded if need be. The other form is freed when nobody uses it.
   *
   * @throws Failure `refusal(cause)` when the weights can't be loaded; the next call tries again.
   */
  use<T>(form: WeightForm, work: (model: PreTrainedModel) => Promise<T>): Promise<T>;
  /** Frees the weights once what uses them has ended: the engine fails on a model that is freed while it computes. */
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
  /** What it is lent to. */
  readonly uses: Set<Promise<unknown>>;
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
    const made: Loaded = { model, uses: new Set() };
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

  async function lend<T>(loaded: Loaded, work: (model: PreTrainedModel) => Promise<T>): Promise<T> {
    for (const [other, idle] of [...forms]) {
      if (idle !== loaded && idle.uses.size === 0) await free(other, idle);
    }
    return work(await loaded.model);
  }

  return {
    async use(form, work) {
      const loaded = take(form);
      const using = lend(loaded, work);
      loaded.uses.add(using);
      try {
        return await using;
      } finally {
        loaded.uses.delete(using);
      }
    },
    async close() {
      const all = [...forms].map(async ([form, loaded]) => {
        await Promise.allSettled(loaded.uses);
        await free(form, loaded);
      });
      await Promise.all(all);
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

/**
 * A cache that knows the weights' file, and what lies beside it, by its path. The engine reads the file itself; without this the library
 * reads all of it as well, into a stream that nobody asks for its pieces (transformers.js 4.3, `FileResponse`): 96 MB a thread,
 * filled for as long as the thread is busy (docs/performance.md, "Memory").
 */
function weightsInPlace(weights: string): NonNullable<typeof env.customCache> {
  return {
    async match(request) {
      const name = basename(request);
      const path = join(dirname(weights), name);
      return name.startsWith(basename(weights)) && existsSync(path) ? path : undefined;
    },
    put: () => Promise.resolve(),
  };
}

async function loadNow({ folder, dtype }: Weights, threads: number | undefined): Promise<PreTrainedModel> {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useBrowserCache = false;
  env.useFSCache = false;
  env.useCustomCache = true;
  env.customCache = weightsInPlace(join(folder, weightsName({ dtype })));
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
