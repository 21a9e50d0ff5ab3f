/**
 * Hands an answer that was fetched while someone types to the load function of the navigation that shows it, so that it
 * isn't asked for twice. In the browser only: the server never prepares.
 */
import type { SearchResponse } from "@nonmun/core/contract";
import type { Answer } from "#lib/api/problem.ts";

let prepared: { readonly href: string; readonly answer: Answer<SearchResponse> } | null = null;

export function prepare(href: string, answer: Answer<SearchResponse>): void {
  prepared = { href, answer };
}

/** The prepared answer of exactly this address, once; anything else that was prepared is dropped. */
export function takePrepared(href: string): Answer<SearchResponse> | null {
  const answer = prepared?.href === href ? prepared.answer : null;
  prepared = null;
  return answer;
}
