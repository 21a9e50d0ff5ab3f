/** Makes a numbered figure with a caption of every picture: stored, remote (asked for by the reader), or missing. */
import type { Asset, Figure } from "@nonmun/core/model/paper";
import type { Element, ElementContent, Properties } from "hast";
import { imageSize } from "image-size";
import { placeOf, type RenderContext, report } from "./context.ts";
import { element, oneLine } from "./elements.ts";
import { type ImageSource, imageName, imageSource } from "./image-source.ts";
import { renderLimits } from "./limits.ts";
import { type PictureProblem, pictureProblem } from "./missing-picture.ts";

/** A picture as found on the page: its element, the caption's nodes and the link that the author put around it. */
export interface Picture {
  readonly image: Element;
  readonly caption: readonly ElementContent[];
  readonly captionText: string | null;
  readonly link: string | null;
  readonly nearestHeading: string | null;
  readonly number: number;
}

export interface MadeFigure {
  readonly node: Element;
  readonly figure: Figure;
  readonly asset: Asset | null;
}

/** Loads the picture if it is the post's own. Problems become diagnostics; there is always a figure. */
export async function makeFigure(picture: Picture, context: RenderContext): Promise<MadeFigure> {
  const said = String(picture.image.properties.src ?? "");
  const source = imageSource(said, renderLimits.urlLength);
  const found = source.kind === "remote" ? null : await load(source, picture, context);
  const asset = found === null || "missing" in found ? null : found;
  const status = source.kind === "remote" ? "remote" : asset === null ? "missing" : "stored";
  if (found !== null && "missing" in found) reportMissing(found, picture, said, context);
  const caption = picture.captionText ?? altText(picture) ?? picture.nearestHeading;
  const figure: Figure = {
    number: picture.number,
    source: said.slice(0, renderLimits.urlLength),
    asset: asset?.id ?? null,
    caption,
    anchor: `figure:${picture.number}`,
    status,
  };
  const shown = asset === null ? placeholder(source) : stored(asset, picture, caption);
  return { node: build(figure, shown, picture), figure, asset };
}

async function load(
  source: ImageSource,
  picture: Picture,
  context: RenderContext,
): Promise<Asset | PictureProblem> {
  if (picture.number > renderLimits.figures) return { missing: "too-many" };
  if (source.kind !== "local") return { missing: "refused" };
  const known = context.loaded.get(source.path);
  if (known !== undefined) return known;
  if (context.spent.assetBytes >= renderLimits.assetBytes) return { missing: "too-much" };
  const found = await context.input.loadAsset(source.path);
  if (!("missing" in found)) context.spent.assetBytes += found.bytes.length;
  context.loaded.set(source.path, found);
  return found;
}

function build(figure: Figure, shown: Element, picture: Picture): Element {
  const align = picture.image.properties.className;
  const className = [`figure-${figure.status}`, ...(Array.isArray(align) ? align : [])];
  const linked = picture.link !== null && figure.status === "stored";
  const body = linked ? element("a", linkProperties(picture.link ?? ""), [shown]) : shown;
  const number = element("span", { className: ["figure-number"] }, [String(figure.number)]);
  const own = captionNodes(picture);
  const elsewhere = picture.link !== null && !linked && picture.link !== shown.properties.href;
  const link = elsewhere ? [" ", element("a", linkProperties(picture.link ?? ""), [picture.link ?? ""])] : [];
  const caption = element("figcaption", {}, [number, ...(own.length > 0 ? [" ", ...own] : []), ...link]);
  return element("figure", { id: figure.anchor, className }, [body, caption]);
}

/** The author's words for the picture. The nearest heading stands above it anyway and is not said twice. */
function captionNodes(picture: Picture): readonly (ElementContent | string)[] {
  if (picture.caption.length > 0) return picture.caption;
  const text = picture.captionText ?? altText(picture);
  return text === null ? [] : [text];
}

function linkProperties(href: string): Properties {
  return { href, rel: ["noopener", "noreferrer"] };
}

/** Width and height let the page keep the place free before the picture is there. */
function stored(asset: Asset, picture: Picture, caption: string | null): Element {
  const alt = altText(picture) ?? caption ?? "";
  const properties: Properties = { src: `/assets/${asset.id}`, alt, loading: "lazy", decoding: "async" };
  const natural = dimensions(asset.bytes);
  const wanted = String(picture.image.properties.dataWidth ?? "");
  if (natural !== null) {
    const width = pixelWidth(wanted, natural.width);
    properties.width = width;
    properties.height = Math.max(1, Math.round((natural.height * width) / natural.width));
  }
  const percent = /^([\d.]+)%$/u.exec(wanted)?.[1];
  if (percent !== undefined) properties.className = [`width-${nearestTen(Number(percent))}`];
  return element("img", properties);
}

function pixelWidth(wanted: string, natural: number): number {
  const zoom = /^zoom ([\d.]+)$/u.exec(wanted)?.[1];
  if (zoom !== undefined) return Math.max(1, Math.round(natural * Math.min(Number(zoom), 10)));
  const pixels = /^[\d.]+$/u.test(wanted) ? Math.round(Number(wanted)) : natural;
  return pixels >= 1 ? pixels : natural;
}

/** Percentages become one of ten classes, because inline styles are forbidden. */
function nearestTen(percent: number): number {
  return Math.min(100, Math.max(10, Math.round(percent / 10) * 10));
}

/** Pixels as displayed, turned by EXIF where a camera asks for it; null when the header is not understood. */
function dimensions(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  try {
    const { width, height, orientation } = imageSize(bytes);
    if (!(width > 0 && height > 0)) return null;
    return (orientation ?? 1) >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    // The picture is shown without reserved space; a truncated header is not worth more.
    return null;
  }
}

/** Alternative text that says something: editors write `img` or `alt text` by themselves. */
function altText(picture: Picture): string | null {
  const alt = oneLine(String(picture.image.properties.alt ?? ""));
  const title = oneLine(String(picture.image.properties.title ?? ""));
  const generic =
    /^(?:img|image|images|alt|alt text|figure|picture|screenshot|untitled|이미지|그림|사진)?\s*[\d_.-]*$/iu;
  const file = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$/iu;
  if (title !== "") return title;
  return generic.test(alt) || file.test(alt) ? null : alt;
}

/** A link that works without script; the page's script may load `data-remote-image` in its place once it is asked to. */
function placeholder(source: ImageSource): Element {
  const name = imageName(source);
  if (source.kind !== "remote") return element("p", { className: ["missing-image"] }, [name]);
  const properties = {
    ...linkProperties(source.url),
    className: ["remote-image"],
    dataRemoteImage: source.url,
  };
  return element("a", properties, [element("span", { className: ["remote-host"] }, [name])]);
}

function reportMissing(
  problem: PictureProblem,
  picture: Picture,
  said: string,
  context: RenderContext,
): void {
  const place = placeOf(context, picture.image.properties.dataRef);
  report(context, { severity: "warning", ...pictureProblem(problem, said) }, place);
}
