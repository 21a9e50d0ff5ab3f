/** Tells `$x$` from prices: inline math by Pandoc's rule instead of every pair of dollar signs. */
import type { Data } from "unified";

type Extension = NonNullable<Data["micromarkExtensions"]>[number];
type Constructs = NonNullable<NonNullable<Extension["text"]>[string]>;
type Construct = Exclude<Constructs, readonly unknown[]>;
type Tokenize = Construct["tokenize"];

const dollar = 36;

/**
 * Wraps the math extension so that a single opening dollar has no blank after it, the closing one no blank before it and
 * no digit after it. Source: Pandoc's manual, extension `tex_math_dollars`. `$5에서 $10로` stays text.
 */
export function guardInlineMath(extension: Extension): Extension {
  const constructs = extension.text?.[dollar];
  if (constructs === undefined) return extension;
  const guarded = [constructs]
    .flat()
    .map((construct) => ({ ...construct, tokenize: guard(construct.tokenize) }));
  return { ...extension, text: { ...extension.text, [dollar]: guarded } };
}

function guard(tokenize: Tokenize): Tokenize {
  return function (effects, ok, nok) {
    const start = this.now();
    return tokenize.call(
      this,
      effects,
      (code) => {
        const text = this.sliceSerialize({ start, end: this.now() });
        return isMath(text, code) ? ok(code) : nok(code);
      },
      nok,
    );
  };
}

function isMath(text: string, next: number | null): boolean {
  if (text.startsWith("$$")) return true;
  const zero = 48;
  const nine = 57;
  const digitFollows = next !== null && next >= zero && next <= nine;
  return !digitFollows && !/^\$\s|\s\$$/u.test(text);
}
