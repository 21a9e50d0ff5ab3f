/** `POST /api/hooks/github`: GitHub tells that there is something new. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { Failure } from "@nonmun/core/model/failure";
import type { AppDeps } from "../deps.ts";
import { limitRate } from "../guard/rate-limit.ts";
import { readOnlyServer } from "../indexing/route.ts";
import { badParameter, notFound, readOnly, tooLarge, tooMany, unauthorized } from "../problems/documented.ts";
import { Refusal } from "../problems/problem.ts";
import { hookAnswer } from "../schemas/status.ts";
import { createPushRunner } from "./push-runner.ts";
import { checkSignature } from "./signature.ts";

const answer = { "application/json": { schema: hookAnswer } };

const route = createRoute({
  method: "post",
  path: "/api/hooks/github",
  summary: "GitHub's push webhook",
  description: "Signed in `X-Hub-Signature-256` with the secret that this server has. Off while it has none.",
  tags: ["Indexing"],
  request: {
    body: {
      description: "The payload as GitHub sends it. Only its signature is looked at.",
      content: { "application/octet-stream": { schema: z.string() } },
    },
  },
  responses: {
    200: { description: "A ping, or an event that changes nothing here.", content: answer },
    202: { description: "A push: indexing has been asked for.", content: answer },
    ...badParameter,
    ...unauthorized,
    ...notFound,
    ...readOnly,
    ...tooLarge,
    ...tooMany,
  },
});

export function addGithubHook(app: OpenAPIHono, deps: AppDeps): void {
  const push = deps.indexing === null ? null : createPushRunner(deps.indexing, deps.onPush, deps.log);
  app.on("POST", route.path, limitRate(deps, "index"));
  app.openapi(route, async (c) => {
    const event = await authenticEvent(c.req.raw, deps.webhookSecret);
    if (event === "ping") return c.json({ event, outcome: "pong", job: null } as const, 200);
    if (event !== "push") return c.json({ event, outcome: "ignored", job: null } as const, 200);
    if (push === null) throw readOnlyServer();
    return c.json({ event, ...push() }, 202);
  });
}

/** The event's name, once the signature is known to be right. */
async function authenticEvent(request: Request, secret: string | null): Promise<string> {
  if (secret === null) {
    throw new Failure("not-found", "The GitHub webhook is off.", {
      advice: "Give this server the webhook's secret to switch it on: see docs/api.md.",
    });
  }
  const signature = request.headers.get("x-hub-signature-256");
  if (signature === null) {
    throw new Refusal(
      "unauthorized",
      "There is no `X-Hub-Signature-256`. Set the secret in the webhook's settings.",
    );
  }
  const check = await checkSignature(request.body, signature, secret);
  if (check === "too-large") {
    // What is left of the body is not read, so nothing else can follow on this connection.
    const headers = { Connection: "close" };
    throw new Refusal("payload-too-large", "GitHub sends no more than 25 MB.", { headers });
  }
  if (check === "wrong") {
    throw new Refusal(
      "unauthorized",
      "The signature does not fit: the webhook's secret is not this server's.",
    );
  }
  const event = request.headers.get("x-github-event");
  if (event !== null && event !== "") return event;
  throw new Failure("bad-parameter", "There is no `X-GitHub-Event`.", { subject: "X-GitHub-Event" });
}
