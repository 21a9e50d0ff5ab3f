/** The title of the search page: what tabs, bookmarks and link previews show of a query. */

/** Letters that a tab, a bookmark or a result of a search engine has room for. */
const lettersMax = 60;

/** The query, cut to what a title has room for; letters are never cut in half. */
export function pageTitle(query: string): string {
  const letters = Array.from(new Intl.Segmenter("ko").segment(query.trim()), ({ segment }) => segment);
  const shown = letters.length <= lettersMax ? letters : [...letters.slice(0, lettersMax - 1), "…"];
  return `${shown.join("")} · Nonmun`;
}
