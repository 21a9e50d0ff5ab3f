/** Says why a picture isn't shown, and what to do about it. */
import { renderLimits } from "./limits.ts";
import type { MissingAsset } from "./types.ts";

/** What keeps a picture from a page: what its file is, or what the post says. */
export type PictureProblem = MissingAsset | { readonly missing: "refused" | "too-many" | "too-much" };

export interface Words {
  readonly code: "missing-image" | "too-many-figures";
  readonly message: string;
  readonly advice: string;
}

/** @param source what the post says. */
export function pictureProblem(problem: PictureProblem, source: string): Words {
  const name = source.slice(0, 120);
  const words = (message: string, advice: string): Words => ({ code: "missing-image", message, advice });
  switch (problem.missing) {
    case "absent":
      return problem.near === null
        ? words(
            `There is no picture ${name}.`,
            "Put the file there, or correct the path, which is relative to the post.",
          )
        : words(
            `There is no picture ${name}, but there is ${problem.near}.`,
            `Write the name as it is on the disk: ${problem.near}.`,
          );
    case "outside":
      return words(
        `The picture ${name} is not below the content folder, and nothing else is read.`,
        "Put the file beside the post.",
      );
    case "too-large":
      return words(`The picture ${name} is larger than 20 MB.`, "Save it in a smaller size.");
    case "no-picture":
      return /\.svgz?(?:[?#]|$)/iu.test(source)
        ? words(`The picture ${name} is an SVG, which may hold script and is not shown.`, "Save it as PNG.")
        : words(
            `The file ${name} is no PNG, JPEG, GIF, WebP or AVIF picture, whatever its name says.`,
            "Save it as one of these.",
          );
    case "unreadable":
      return words(`The picture ${name} can't be opened.`, "Make the file readable.");
    case "refused":
      return name === ""
        ? words("A picture has no source.", "Write its path: `![설명](./asset/picture.png)`.")
        : words(
            `The picture ${name} is named by neither a path nor a web address.`,
            "Write a path relative to the post, or import the file: `import img0 from './asset/img0.png'`.",
          );
    case "too-much":
      return words(
        `The picture ${name} is not shown: those before it take ${renderLimits.assetBytes / 1024 ** 2} MB together.`,
        "Save the pictures in a smaller size, or split the review.",
      );
    case "too-many":
      return {
        code: "too-many-figures",
        message: `This review has more than ${renderLimits.figures} pictures; the rest is not shown.`,
        advice: "Split the review into several.",
      };
  }
}
