import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Command, InvalidArgumentError } from "commander";
import type { SystemConnection } from "../platform/connect-to-system.ts";

type Flags = { format: string; param: string[] };

/** `onhand sql 'SELECT …'`: asks the system that runs on this data folder, over `/clickhouse/`. */
export function registerSql(
  program: Command,
  deps: { connect: () => Promise<SystemConnection>; stdout?: Writable },
): void {
  program
    .command("sql")
    .description("ask a running system in SQL, read-only")
    .argument("<query>", "one SELECT; docs/sql.md says what is open")
    .option("--format <format>", "how it is printed, where the query does not say it", "PrettyCompact")
    .option("--param <name=value>", "a value of {name:Type}; may be repeated", collect, [])
    .action(async (query: string, flags: Flags) => {
      const system = await deps.connect();
      try {
        await print(query, flags, system, deps.stdout ?? process.stdout);
      } finally {
        await system.close();
      }
    });
}

function collect(value: string, before: readonly string[]): string[] {
  if (!/^[A-Za-z_][A-Za-z0-9_]*=/.test(value))
    throw new InvalidArgumentError("It is of the form name=value.");
  return [...before, value];
}

async function print(query: string, flags: Flags, system: SystemConnection, stdout: Writable): Promise<void> {
  if (system.mode !== "remote") {
    throw new Error(
      "No system runs on this data folder: start one with `onhand start`, or ask a server with curl (docs/sql.md).",
    );
  }
  const address = new URL("/clickhouse/", system.url);
  address.searchParams.set("default_format", flags.format);
  for (const one of flags.param) {
    const at = one.indexOf("=");
    address.searchParams.set(`param_${one.slice(0, at)}`, escaped(one.slice(at + 1)));
  }
  const response = await fetch(address, {
    method: "POST",
    headers: { authorization: `Bearer ${system.token}` },
    body: query,
  });
  if (!response.ok) throw new Error((await response.text()).trimEnd());
  if (response.body !== null) await pipeline(Readable.from(response.body), stdout, { end: false });
}

/** A value as ClickHouse's HTTP interface takes it: as in a TabSeparated cell. */
function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n");
}
