/**
 * Stands in for `sharp`, which `@huggingface/transformers` imports for models of images (`overrides` in pnpm-workspace.yaml). Only
 * models of text are opened here, and its native library would take 28 MB of each process and 55 ms of each thread that loads it.
 */
export default function noImages() {
  throw new Error("Nonmun opens models of text: sharp, which reads images, is not installed.");
}
