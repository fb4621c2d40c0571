#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { COMMANDS } from "./command-list.ts";
import { readVersion } from "./platform/read-version.ts";
import { reportFailure } from "./platform/report-failure.ts";

/** The `onhand` command. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. */
async function main(argv: readonly string[]): Promise<void> {
  const program = new Command("onhand")
    .description(
      "What is in every store and warehouse, second by second, and what may be promised to a shopper.",
    )
    .version(readVersion())
    .showHelpAfterError("(onhand --help shows what there is)")
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });
  await registerCommands(program, argv);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    reportFailure(error);
  }
}

/** The command that is called, in full; of the others what the list of commands needs. */
async function registerCommands(program: Command, argv: readonly string[]): Promise<void> {
  const words = argv.slice(2);
  const called = words[0] === "help" ? words[1] : words[0];
  for (const { name, summary, load } of COMMANDS) {
    if (name === called) (await load())(program);
    else program.command(name).description(summary);
  }
}

await main(process.argv);
