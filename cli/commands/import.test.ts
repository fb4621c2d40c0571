import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { Command, CommanderError } from "commander";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../../sql/client.ts";
import type { Database } from "../../sql/database.ts";
import { migratedDirectory } from "../../test/support/migrated-directory.ts";
import type { SystemConnection } from "../platform/connect-to-system.ts";
import { registerImport } from "./import.ts";

const directory = migratedDirectory("import-cli");
let db: Database;
beforeAll(async () => {
  db = await openDatabase({ dataDirectory: directory });
});
afterAll(async () => {
  await db.close();
});
afterEach(() => {
  process.exitCode = undefined;
});

function collect(): Writable & { text: () => string } {
  let all = "";
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      all += chunk.toString();
      done();
    },
  });
  return Object.assign(output, { text: () => all });
}

async function run(...args: string[]) {
  const stdout = collect();
  const stderr = collect();
  const program = new Command("onhand")
    .exitOverride()
    .configureOutput({ writeErr: (text) => stderr.write(text) });
  const system = {
    mode: "local",
    db,
    noteChange: () => undefined,
    close: async () => undefined,
  } as unknown as SystemConnection;
  registerImport(program, { connect: () => Promise.resolve(system), stdout, stderr });
  process.exitCode = undefined;
  let code: number;
  try {
    await program.parseAsync(["node", "onhand", "import", ...args]);
    code = exitCode();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = error.exitCode === 0 ? 0 : 2;
  }
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function exitCode(): number {
  return Number(process.exitCode ?? 0);
}

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

test("a report per file as JSON, the file's name as source, and rejected rows in a CSV with line and reason", async () => {
  const path = file("my products.csv", 'sku,name,price\nA,Pen,1\nB,"Pa,per",cheap\n');
  const rejectedPath = join(directory, "rejected.csv");
  const { code, stdout } = await run("products", path, "--json", "--rejected", rejectedPath);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    file: path,
    source: "my-products",
    rows: 2,
    accepted: 1,
    rejected: 1,
    failure: null,
  });
  const lines = readFileSync(rejectedPath, "utf8").split("\n");
  expect(lines[0]).toBe("file,line,code,detail,original");
  expect(lines[1]).toContain(`,3,invalid_money,`);
  expect(lines[1]).toContain('"B,""Pa,per"",cheap"');
});

test("without a file for them, rejected rows are shown, and a file of nothing but such rows fails", async () => {
  const path = file("bad.csv", "gtin,name\n123,Pen\n");
  const { code, stdout, stderr } = await run("products", path);
  expect(code).toBe(1);
  expect(stderr).toContain(`${path}:2: gtin_length`);
  expect(stdout).toContain("1 rejected");
});

test("a file that cannot be imported fails with the reason", async () => {
  const { code, stdout } = await run("products", file("other.csv", "a,b\n1,2\n"));
  expect(code).toBe(1);
  expect(stdout).toContain("missing_column");
});

test.each([
  ["an unknown kind", ["things", "x.csv"]],
  ["a file that is not there", ["products", "/no/such/file.csv"]],
  ["a wrong time zone", ["orders", import.meta.filename, "--time-zone", "Mars/Base"]],
  ["a map without a column", ["orders", import.meta.filename, "--map", "orderId"]],
])("%s is wrong usage", async (_name, args) => {
  expect((await run(...args)).code).toBe(2);
});
