import type { OpeningToken } from "./opening-tokens.ts";

type Kind = OpeningToken["kind"];
type NumberKind = Extract<OpeningToken, { value: number }>["kind"];

/** Thrown inside the parser alone, which makes it a refusal. */
export class OpeningHoursError extends Error {}

/** Goes through tokens from left to right. */
export class TokenReader {
  readonly #tokens: readonly OpeningToken[];
  #at = 0;

  constructor(tokens: readonly OpeningToken[]) {
    this.#tokens = tokens;
  }

  /** What stands next, or `ahead` further; undefined at the end. */
  peek(ahead = 0): Kind | undefined {
    return this.#tokens[this.#at + ahead]?.kind;
  }

  /** @returns the value of the token, 0 where it has none. Throws where another stands. */
  take(kind: NumberKind | Exclude<Kind, NumberKind>): number {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind) {
      return this.fail(
        `a ${kind} was expected, and ${token === undefined ? "it ended" : `a ${token.kind}`} came`,
      );
    }
    this.#at += 1;
    return "value" in token ? token.value : 0;
  }

  /** True, and one further, where it stands next. */
  skip(kind: Kind): boolean {
    if (this.peek() !== kind) return false;
    this.#at += 1;
    return true;
  }

  fail(detail: string): never {
    throw new OpeningHoursError(detail);
  }
}
