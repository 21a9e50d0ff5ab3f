/** The address that readers use, for canonical links: what the proxy says, else plain HTTP as the product serves it. */
export function publicOrigin(url: URL, headers: Headers): string {
  // The adapter assumes https when no proxy says otherwise; the product itself speaks http on the user's own machine.
  const forwarded = headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  return `${forwarded === "https" ? "https" : "http"}://${url.host}`;
}
