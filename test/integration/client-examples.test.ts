import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../sql/database.ts";
import { readProjectFile } from "../structure/source-text.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../support/start-test-server.ts";

const GTIN = 4_006_381_333_931;
const folder = resolve(import.meta.dirname, "../../docs/examples");
const names = readdirSync(folder).filter((name) => name.endsWith(".mjs"));
const said: Record<string, string[]> = {
  "availability.mjs": ["S01: 5 (in_stock)", "S02: 3 (in_stock)"],
  "hold-a-cart.mjs": [
    "S01 has 5; try S02",
    expect.stringMatching(/^held until 20/),
    "confirmed for web-10021",
  ],
  "follow.mjs": ["connecting", "snapshot: S01 has 5", "snapshot: S02 has 3"],
};
let db: Database;
let at: TestServer;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db, listen: true });
  await at.ledger.commit("S01", [{ gtin: GTIN, quantity: 5 }]);
  await at.ledger.commit("S02", [{ gtin: GTIN, quantity: 3 }]);
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

test("docs/client.md shows the example files as they are", () => {
  const document = readProjectFile("docs/client.md");
  expect(names.sort()).toEqual(Object.keys(said).sort());
  for (const name of names)
    expect(document).toContain(`\`\`\`js\n${readProjectFile(`docs/examples/${name}`)}\`\`\``);
});

test.each(names)(
  "%s runs as it is, by the package's own name",
  async (name) => {
    const { stdout } = await promisify(execFile)(process.execPath, [resolve(folder, name)], {
      env: { PATH: process.env["PATH"], STOCK_URL: at.url, STOCK_KEY: at.tokens.storefront },
      timeout: 60_000,
    });
    expect(stdout.trim().split("\n").slice(0, said[name]?.length)).toEqual(said[name]);
  },
  70_000,
);
