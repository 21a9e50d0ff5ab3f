/** The concept lexicon: what people call the field's concepts when they don't know their terms. */
import { Failure } from "../model/failure.ts";
import { squeeze } from "../text/words.ts";

export interface Lexicon {
  readonly concepts: readonly Concept[];
}

export interface Concept {
  /** Its first term, by which explanations name it. */
  readonly name: string;
  /** As papers write it, in both languages; the name among them. */
  readonly terms: readonly string[];
  /** In everyday words of either language. */
  readonly descriptions: readonly string[];
}

export interface LexiconFile {
  /** How an error calls it. */
  readonly name: string;
  readonly text: string;
}

/** Problems named in one message; more would hide the first. */
const namedProblems = 5;

/**
 * Reads lexicon files, the product's first, then the user's own: one concept a line, `terms ;; English ;; Korean` (see
 * data/lexicon/README.md). A concept whose first term is the first of an earlier one adds to that.
 *
 * @throws Failure `bad-config` that names the lines of a file that can't be understood.
 */
export function parseLexicon(files: readonly LexiconFile[]): Lexicon {
  const concepts = new Map<string, { name: string; terms: string[]; descriptions: string[] }>();
  for (const { name, text } of files) {
    const problems: string[] = [];
    for (const [index, line] of text
      .replace(/^\uFEFF/u, "")
      .split(/\r?\n/u)
      .entries()) {
      const content = line.normalize("NFC").trim();
      if (content === "" || content.startsWith("#")) continue;
      const read = readConcept(content);
      if (typeof read === "string") {
        problems.push(`line ${index + 1}: ${read}`);
        continue;
      }
      const key = squeeze(read.name);
      const known = concepts.get(key) ?? { name: read.name, terms: [], descriptions: [] };
      addNew(known.terms, read.terms);
      addNew(known.descriptions, read.descriptions);
      concepts.set(key, known);
    }
    if (problems.length > 0) throw badFile(name, problems);
  }
  return { concepts: [...concepts.values()] };
}

/** Every description once, in the order of the files. */
export function descriptionsOf({ concepts }: Lexicon): readonly string[] {
  return [...new Set(concepts.flatMap(({ descriptions }) => descriptions))];
}

/** Terms of a concept that searches compare with, its first: more only make the matrix product longer. */
const comparedMax = 8;

export function comparedTerms({ terms }: Concept): readonly string[] {
  return terms.slice(0, comparedMax);
}

/** @returns the concept, or what is wrong with the line. */
function readConcept(line: string): Concept | string {
  const fields = line.split(";;");
  if (fields.length !== 2 && fields.length !== 3) return "it needs three fields apart by `;;`";
  const [terms = [], english = [], korean = []] = fields.map((field, at) =>
    field
      .split(at === 0 ? "|" : /\s\/\s/u)
      .map((part) => part.trim())
      .filter((part) => squeeze(part) !== ""),
  );
  const [name] = terms;
  if (name === undefined) return "it names no term";
  if (english.length + korean.length === 0) return "it describes nothing";
  return { name, terms, descriptions: [...english, ...korean] };
}

function addNew(list: string[], more: readonly string[]): void {
  const known = new Set(list.map(squeeze));
  for (const text of more) {
    if (known.has(squeeze(text))) continue;
    known.add(squeeze(text));
    list.push(text);
  }
}

function badFile(name: string, problems: readonly string[]): Failure {
  const more = problems.length > namedProblems ? `; and ${problems.length - namedProblems} more` : "";
  return new Failure(
    "bad-config",
    `${name} is no lexicon: ${problems.slice(0, namedProblems).join("; ")}${more}.`,
    {
      advice: "Write one concept a line: term | term ;; description / description ;; Korean description.",
      subject: name,
    },
  );
}
