import { createInterface } from "node:readline";
import type { Command } from "commander";

/**
 * What a command works on: its arguments, where `-` stands for the lines of standard input (blank ones left out); without
 * arguments these lines alone. At a keyboard with no arguments there is nothing to wait for: that is wrong usage.
 */
export async function* inputsOf(given: readonly string[], command: Command): AsyncGenerator<string> {
  if (given.length === 0 && process.stdin.isTTY) {
    command.error(`Nothing to work on: give it as arguments, or one a line on standard input.`, {
      exitCode: 2,
    });
  }
  for (const one of given.length === 0 ? ["-"] : given) {
    if (one === "-") yield* linesOfStandardInput();
    else yield one;
  }
}

async function* linesOfStandardInput(): AsyncGenerator<string> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const input = line.trim();
    if (input !== "") yield input;
  }
}
