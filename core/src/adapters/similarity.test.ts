/** Both ways to multiply token vectors, held to the one contract. */
import { describeSimilarity } from "../ports/similarity.contract.ts";
import { createOnnxSimilarity } from "./onnx-similarity.ts";
import { createPlainSimilarity } from "./plain-similarity.ts";

describeSimilarity("plain loops", async () => createPlainSimilarity());
describeSimilarity("ONNX Runtime", () => createOnnxSimilarity());
