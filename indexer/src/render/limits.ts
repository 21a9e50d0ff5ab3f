/** What one review may cost. Whatever is beyond a limit is shown as plain text, with a diagnostic; nothing is lost. */
export const renderLimits = {
  /** Nesting of Markdown nodes. Real posts stay under 12; the recursive passes hold many hundreds. */
  treeDepth: 64,
  /** Markdown nodes of one review. The longest real review at hand has under 3,000. */
  treeNodes: 100_000,
  /** Tags of the author's own HTML in one review, and how many of them may be open at once. */
  htmlTags: 20_000,
  htmlDepth: 48,
  /** Longest tag, in UTF-16 code units; what is longer is text. */
  tagLength: 8_000,
  /** Longest address that becomes a link or picture. 2,083 was Internet Explorer's limit, which the web still heeds. */
  urlLength: 2_083,
  /** Code units that reference links may add in all: one long definition used ten thousand times is a zip bomb. */
  referencedUrls: 400_000,
  figures: 500,
  /** Bytes of the pictures of one review, which are in memory at once until the post is stored. */
  assetBytes: 200 * 1024 * 1024,
  /** Longest formula that is typeset, and how many code units of formulae in all. */
  formulaLength: 4_000,
  formulae: 200_000,
  /** Longest code that is coloured: the highlighter's patterns are not linear on every input. */
  highlightedCode: 20_000,
  /** Problems of one code in one review; a thousand bad tags are one finding, not a thousand. */
  diagnosticsPerCode: 50,
} as const;
