/** Recent searches, kept in this browser alone. A browser that keeps nothing (private mode, full) simply has none. */

const key = "nonmun-recent";
const most = 6;

export function recentSearches(): readonly string[] {
  return readList(() => localStorage.getItem(key));
}

/** Puts a query first. Queries of one letter are not worth remembering. */
export function remember(query: string): void {
  const text = query.trim();
  if ([...text].length < 2) return;
  const list = [text, ...recentSearches().filter((other) => other !== text)].slice(0, most);
  write(JSON.stringify(list));
}

function readList(read: () => string | null): readonly string[] {
  try {
    const stored: unknown = JSON.parse(read() ?? "[]");
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === "string").slice(0, most) : [];
  } catch {
    // Storage is switched off, or holds something that another program wrote.
    return [];
  }
}

function write(text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Storage is full or switched off: searching works without a memory.
  }
}
