/** The bearer token of the routes that change something (RFC 6750). */
import { sameSecret } from "../guard/secret.ts";
import { Refusal } from "../problems/problem.ts";

/** @throws Refusal `unauthorized` unless `authorization` carries the token that is `expected`. */
export function requireToken(authorization: string | undefined, expected: string | null): void {
  if (expected === null) {
    throw refusal(
      "This server has no token, so nobody may do this. Set NONMUN_TOKEN where it runs, and restart it.",
    );
  }
  const given = /^Bearer +(\S+) *$/iu.exec(authorization ?? "")?.[1];
  if (given === undefined)
    throw refusal("Send the server's token as `Authorization: Bearer <NONMUN_TOKEN>`.");
  if (!sameSecret(given, expected)) {
    throw refusal(
      "That is not this server's token. It is the value of NONMUN_TOKEN where it runs.",
      "invalid_token",
    );
  }
}

function refusal(detail: string, error?: string): Refusal {
  const challenge = `Bearer realm="nonmun"${error === undefined ? "" : `, error="${error}"`}`;
  return new Refusal("unauthorized", detail, { headers: { "WWW-Authenticate": challenge } });
}
