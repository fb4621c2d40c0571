#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { registerBench } from "./bench/register-bench.ts";
import { registerDoctor } from "./commands/doctor.ts";
import { registerEpc } from "./commands/epc.ts";
import { registerGtin } from "./commands/gtin.ts";
import { registerImport } from "./commands/import.ts";
import { registerIngest } from "./commands/ingest.ts";
import { registerInspect } from "./commands/inspect.ts";
import { registerKeys } from "./commands/keys.ts";
import { registerMigrate } from "./commands/migrate.ts";
import { registerServe } from "./commands/serve.ts";
import { registerSimulate } from "./commands/simulate.ts";
import { registerStart } from "./commands/start.ts";
import { connectToSystem } from "./platform/connect-to-system.ts";
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
  registerStart(program);
  registerIngest(program);
  registerServe(program);
  registerMigrate(program);
  registerSimulate(program);
  registerInspect(program);
  registerImport(program, { connect: connectToSystem });
  registerEpc(program);
  registerGtin(program);
  registerKeys(program, { connect: connectToSystem });
  registerDoctor(program);
  registerBench(program);
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

await main(process.argv);
