/** Typesets TeX as MathML on the server: no font, style sheet or inline style is needed, and screen readers can read it. */
import type { ElementContent } from "hast";
import katex from "katex";
import type { Position } from "unist";
import { type RenderContext, report, spanOf } from "./context.ts";
import { element } from "./elements.ts";
import { renderLimits } from "./limits.ts";

/** A formula as the Markdown parser found it. */
export interface Formula {
  readonly value: string;
  readonly position?: Position | undefined;
  readonly display: boolean;
}

/**
 * MathML of a formula, or its TeX as code with a diagnostic when KaTeX cannot read it. MathML is chosen over KaTeX' HTML
 * because that one positions every glyph by inline styles, which the page's Content-Security-Policy forbids.
 */
export function renderFormula(formula: Formula, context: RenderContext): ElementContent {
  if (!formula.display && isProse(formula.value)) return { type: "text", value: `$${formula.value}$` };
  const problem = overBudget(formula, context);
  if (problem !== null) return asCode(formula, problem, context);
  const tex = withoutDelimiters(formula.value);
  const written = typeset(tex, formula.display);
  const aligned = written.ok || !tex.includes("&") ? null : typeset(inAligned(tex), formula.display);
  // When neither is read, the second one's problem is the author's: the first stumbles over the alignment mark.
  const made = aligned ?? written;
  if (!made.ok) return asCode(formula, made.reason, context);
  const node: ElementContent = { type: "raw", value: made.html };
  context.ours.add(node);
  return formula.display
    ? element("div", { className: ["math-block"], tabIndex: 0 }, [node])
    : element("span", { className: ["math-inline"] }, [node]);
}

/** Chat programs write `$\( x \)$`: one pair of delimiters too many. */
function withoutDelimiters(tex: string): string {
  return /^\s*\\([([])(.*)\\[)\]]\s*$/su.exec(tex)?.[2] ?? tex;
}

/** Alignment marks outside an environment: MathJax and most editors take them as if they stood in `aligned`. */
function inAligned(tex: string): string {
  return `\\begin{aligned}${tex}\\end{aligned}`;
}

type Typeset = { readonly ok: true; readonly html: string } | { readonly ok: false; readonly reason: string };

function typeset(tex: string, displayMode: boolean): Typeset {
  try {
    const html = katex.renderToString(tex, {
      displayMode,
      output: "mathml",
      strict: "ignore",
      throwOnError: true,
      trust: false,
      // Macros that expand to ever more macros end here; KaTeX' own default is 1000.
      maxExpand: 300,
      // In em, as the sanitiser's `length`.
      maxSize: 99,
    });
    return { ok: true, html };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: message.replace(/^KaTeX parse error:\s*/u, "") };
  }
}

/** Two prices in a sentence (`$5 … $10`) look like a formula to the parser; Korean words between blanks tell them apart. */
function isProse(value: string): boolean {
  return /\p{Script=Hangul}/u.test(value) && /\s/u.test(value) && !/[\\^_{}]/u.test(value);
}

function overBudget(formula: Formula, context: RenderContext): string | null {
  context.spent.formulae += formula.value.length;
  if (formula.value.length > renderLimits.formulaLength) {
    return `it is longer than ${renderLimits.formulaLength} characters`;
  }
  return context.spent.formulae > renderLimits.formulae ? "the review has too many formulae" : null;
}

function asCode(formula: Formula, reason: string, context: RenderContext): ElementContent {
  report(
    context,
    {
      code: "bad-math",
      severity: "warning",
      message: `This formula cannot be typeset and is shown as its TeX: ${reason.slice(0, 300)}`,
      advice: "Correct the TeX; KaTeX lists what it supports at https://katex.org/docs/supported.html.",
    },
    spanOf(formula.position),
  );
  const code = element("code", { className: ["math-source"] }, [formula.value]);
  return formula.display ? element("pre", { tabIndex: 0 }, [code]) : code;
}
