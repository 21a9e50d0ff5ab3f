/** Numbers on the command line. */
import { InvalidArgumentError } from "commander";

/** A parser for commander: a whole number within bounds, or an error that names them. */
export function wholeNumber(name: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/u.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`${name} is a whole number from ${least} to ${most}.`);
  };
}
