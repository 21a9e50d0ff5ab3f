/** Sites of which every file names its round: half of the files change from one to the next, some come and some go. */

const filesOfSite = 300;

/** Files by path, as `nonmun publish` writes them. */
export function siteOf(round: number): Map<string, Uint8Array> {
  const site = new Map<string, Uint8Array>([["index.html", Buffer.from(`${round}`)]]);
  for (let at = 0; at < filesOfSite; at++) {
    const last = round - ((at + round) % 2);
    if (at % 10 === round % 10) continue;
    site.set(`papers/글-${at % 20}/${at}/index.html`, Buffer.from(`${last} ${"가".repeat(2000)}`));
  }
  return site;
}
