/** `nonmun show`: one review, by its id or its arXiv id. */
import { Failure } from "@nonmun/core/model/failure";
import type { PaperCard, Snapshot } from "@nonmun/core/ports/index-store";
import { summarize } from "@nonmun/core/search/links";
import { editDistance } from "@nonmun/core/text/edit-distance";
import type { Command } from "commander";
import { type CommandContext, withSettings } from "../command.ts";
import { withSnapshot } from "../open-search.ts";
import { styleFor, wrapText } from "../style.ts";

/** Slips beyond which a name counts as equally far. */
const farthest = 20;

export function addShowCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("show"))
    .description("print a review")
    .argument("<paper>", "id of the paper, or its arXiv id")
    .option("--site-url <url>", "address of the original blog, for links to it (NONMUN_SITE_URL)")
    .option(
      "--json",
      "print a list of one review, or of all that have the arXiv id, with chunks and their places",
    )
    .action(async (wanted: string, flags) => {
      const { config, terminal } = context.open(flags);
      await withSnapshot(config, terminal, async (snapshot) => {
        const cards = findPapers(await snapshot.catalogue(), wanted);
        const reviews = await Promise.all(
          cards.map(async (card) => ({ card, chunks: await snapshot.chunksOf([card.id]) })),
        );
        if (flags.json === true) {
          const shown = reviews.map(({ card, chunks }) => ({
            paper: summarize(card, config.siteUrl),
            chunks: chunks.map(({ heading, anchor, text, span }) => ({ heading, anchor, text, span })),
          }));
          terminal.out(JSON.stringify(shown, null, 2));
        } else {
          const texts = reviews.map(({ card, chunks }) => reviewText(card, chunks, terminal.columns));
          terminal.out(texts.join("\n\n\n"));
        }
      });
    });
}

type Chunks = Awaited<ReturnType<Snapshot["chunksOf"]>>;

/** @throws Failure `not-found` that names the nearest ids. */
function findPapers(cards: readonly PaperCard[], wanted: string): readonly PaperCard[] {
  const byId = cards.filter((card) => card.id === wanted);
  const arxivId = /(\d{4}\.\d{4,5})(?:v\d+)?$/u.exec(wanted)?.[1];
  const found =
    byId.length > 0 ? byId : cards.filter((card) => card.arxivId !== null && card.arxivId === arxivId);
  if (found.length > 0) return found;
  const short = wanted.split("/").at(-1) ?? wanted;
  const near = cards
    .map(({ id }) => ({ id, distance: editDistance(short, id.split("/").at(-1) ?? id, farthest) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3);
  throw new Failure("not-found", `There is no paper ${wanted} in the index.`, {
    advice:
      near.length === 0
        ? "The index is empty."
        : `The nearest ids are: ${near.map(({ id }) => id).join(", ")}`,
    subject: wanted,
  });
}

function reviewText(card: PaperCard, chunks: Chunks, columns: number): string {
  const style = styleFor(process.stdout, process.env.NO_COLOR);
  const width = Math.max(40, Math.min(columns, 100));
  const facts = [card.orgs.join(", "), card.date ?? "", card.url ?? "", card.postPath].filter(
    (fact) => fact !== "",
  );
  const sections = chunks.map(({ heading, text }, index) => {
    const own = heading.slice(1).join(" › ");
    const before = chunks[index - 1]?.heading.slice(1).join(" › ") ?? "";
    return `${own === "" || own === before ? "" : `${style.bold(own)}\n`}${wrapText(text, width, "")}`;
  });
  return [
    style.bold(card.title),
    ...(card.subtitle === null ? [] : [card.subtitle]),
    style.dim(facts.join(" · ")),
    "",
    ...sections,
  ].join("\n");
}
