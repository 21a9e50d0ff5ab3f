/** Names on the map that never overlap: topics from afar, titles from near. */
import { type Point, picture } from "./points.ts";
import { seen, type View } from "./view.ts";

export interface Label {
  readonly text: string;
  /** Middle of the text, in units of the window. */
  readonly x: number;
  readonly y: number;
  readonly kind: "topic" | "title";
}

/** Type sizes in pixels. */
export const labelSizes = { topic: 17, title: 13 } as const;
const longest = { topic: 28, title: 44 } as const;
/** From this scale on, or with this few points in sight, single papers have names. */
const titlesFrom = 3;
const fewPoints = 24;

/**
 * Labels for what is in sight, the most important first, each only where it hides no other.
 *
 * @param unit units of the picture to a pixel: above 1 on a small window, where letters need more of the picture
 */
export function placeLabels(
  points: readonly Point[],
  topics: readonly Topic[],
  view: View,
  unit: number,
): readonly Label[] {
  const inSight = points.filter((point) => isInside(seen(view, point)));
  const near = view.scale >= titlesFrom || inSight.length <= fewPoints;
  const wanted: Label[] = [
    ...(near
      ? []
      : topics.map((topic) => ({
          text: short(topic.name, "topic"),
          ...seen(view, topic),
          kind: "topic" as const,
        }))),
    ...(near
      ? inSight.flatMap((point) => {
          if (point.title === null) return [];
          const { x, y } = seen(view, point);
          const text = short(point.title.split(/[:：]/u)[0] ?? "", "title");
          return [{ text, x, y: y - 12 * unit, kind: "title" as const }];
        })
      : []),
  ];
  const placed: (Label & Box)[] = [];
  for (const label of wanted.map((one) => movedInside(one, unit))) {
    const box = boxOf(label, unit);
    if (isWhole(box) && placed.every((other) => !overlap(box, other))) placed.push({ ...label, ...box });
  }
  return placed.map(({ text, x, y, kind }) => ({ text, x, y, kind }));
}

export interface Topic {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boxOf({ text, x, y, kind }: Label, unit: number): Box {
  const size = labelSizes[kind] * unit;
  // Hangul is as wide as it is high, Latin about 0.56 of it.
  const width =
    [...text].reduce(
      (sum, letter) =>
        sum + (/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af\u4e00-\u9fff]/u.test(letter) ? 1 : 0.58),
      0,
    ) * size;
  return { left: x - width / 2 - 6, right: x + width / 2 + 6, top: y - size, bottom: y + size / 2 };
}

/** A name at the side begins or ends there, so that the edge doesn't cut it. */
function movedInside(label: Label, unit: number): Label {
  const { left, right } = boxOf(label, unit);
  if (left >= 0 && right <= picture.width) return label;
  return { ...label, x: left < 0 ? label.x - left : label.x - (right - picture.width) };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function isInside({ x, y }: { readonly x: number; readonly y: number }): boolean {
  return x >= 0 && y >= 0 && x <= picture.width && y <= picture.height;
}

/** A name that the edge would cut above or below, or that is wider than the picture, is left out. */
function isWhole({ left, right, top, bottom }: Box): boolean {
  return left >= 0 && top >= 0 && right <= picture.width && bottom <= picture.height;
}

function short(text: string, kind: Label["kind"]): string {
  const letters = [...text.trim()];
  return letters.length <= longest[kind]
    ? letters.join("")
    : `${letters.slice(0, longest[kind] - 1).join("")}…`;
}
