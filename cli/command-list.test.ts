import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "./command-list.ts";

describe("The list of commands", () => {
  it.each(COMMANDS)("says of $name what the command says of itself", async ({ name, summary, load }) => {
    const program = new Command();
    (await load())(program);
    expect(program.commands.map((command) => [command.name(), command.description()])).toEqual([
      [name, summary],
    ]);
  });
});
