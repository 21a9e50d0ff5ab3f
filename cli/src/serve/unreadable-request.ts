/** What a request gets that Node itself can't read: a problem document, like every other error. */
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { problemDocument } from "@nonmun/api/problems/problem";

/** Bytes of address and headers together. A query has 1,000 characters, which is at most 9,000 bytes when encoded. */
export const headBytesMax = 64 * 1024;

/** Milliseconds in which a client may still send what it has begun, so that it gets to read the answer. */
const lingerMs = 2000;

/** For the server's `clientError`: answers once, then lets the connection go. */
export function answerUnreadable(): (error: NodeJS.ErrnoException, socket: Duplex) => void {
  const answered = new WeakSet<Duplex>();
  return (error, socket) => {
    if (answered.has(socket)) return;
    answered.add(socket);
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    socket.end(wholeAnswer(error.code));
    // Closing at once would reset the connection of a client that is still sending, before it has read anything.
    setTimeout(() => socket.destroy(), lingerMs).unref();
  };
}

function wholeAnswer(code: string | undefined): string {
  const problem = problemOf(code);
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ""}`,
    "Content-Type: application/problem+json",
    "Cache-Control: no-store",
    "X-Content-Type-Options: nosniff",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}

function problemOf(code: string | undefined) {
  if (code === "HPE_HEADER_OVERFLOW") {
    const most = headBytesMax / 1024;
    return problemDocument(
      "headers-too-large",
      `Address and headers may have ${most} kB together; \`q\` takes 1,000 characters.`,
    );
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return problemDocument("request-timeout", "The request did not arrive in time.");
  }
  return problemDocument("bad-request", "That is no HTTP request that can be read.");
}
