/** What a tool answers: text for the model, the same as data for a program, and failures in words. */
import type { CallToolResult, ToolAnnotations } from "@modelcontextprotocol/server";
import { Failure } from "@nonmun/core/model/failure";
import { answers } from "../problems/answers.ts";
import type { McpDeps } from "./server.ts";

/** Every tool reads, and reads the index alone. */
export const readsOnly: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/**
 * Runs a tool's work. An expected failure becomes an answer that the model can act on; anything else is logged, and
 * told without its details.
 */
export async function answerTool(
  { log }: McpDeps,
  work: () => Promise<{ readonly text: string; readonly content: object }>,
): Promise<CallToolResult> {
  try {
    const { text, content } = await work();
    return { content: [{ type: "text", text }], structuredContent: { ...content } };
  } catch (error) {
    const code = error instanceof Failure ? error.code : "internal";
    const { instead, title } = answers[code];
    if (instead !== null) log.error("an MCP tool failed", { code, error });
    const words = error instanceof Failure ? `${error.message} ${error.advice}` : title;
    return { isError: true, content: [{ type: "text", text: `${code}: ${(instead ?? words).trim()}` }] };
  }
}
