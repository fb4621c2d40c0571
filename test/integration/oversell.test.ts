import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { OversellReport } from "../../cli/bench/oversell/report.ts";
import { runCommand } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

/** The whole system starts three times: half a minute on two quiet cores, minutes on busy ones. */
const TIMEOUT_MS = 240_000;
const isLong = process.env["ONHAND_LONG"] === "1";
const directory = temporaryDirectory("oversell");
/** The machine that runs the tests may be short of disk; the guard has a test of its own. */
const env = { ONHAND_DATA_DIR: join(directory, "none"), INGEST_MIN_FREE_DISK_PERCENT: "0" };

async function oversell(args: string[], more: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runCommand(["bench", "oversell", "--own", "--json", ...args], {
    ...env,
    ...more,
  });
  if (stdout === "") throw new Error(stderr);
  return { code, report: JSON.parse(stdout) as OversellReport };
}

test(
  "while the system is killed again and again, no unit is granted twice, none is lost, and all are granted",
  async () => {
    const attempts = isLong ? 100_000 : 3_000;
    const kills = isLong ? 5 : 2;
    const { code, report } = await oversell(["--attempts", `${attempts}`, "--kills", `${kills}`]);
    expect(report.wrong).toEqual([]);
    expect(report).toMatchObject({ attempts, kills, oversold: 0, leaked: 0, lost: 0, doubled: 0 });
    expect(report.granted).toBe(report.unitsPutIn);
    expect(report.granted + report.returned + report.refused).toBe(attempts);
    expect(report.retried).toBeGreaterThan(0);
    expect(report.counts.database).toMatchObject({ kept: report.granted, oversold: 0, lost: 0 });
    expect(report.counts.logs).toMatchObject({ attempts, kept: report.granted, oversold: 0 });
    expect(code).toBe(0);
  },
  isLong ? 1_800_000 : TIMEOUT_MS,
);

/** A loader that changes one line of the built program while it is read, in every process that is started. */
function breaking(file: string, line: string, instead: string): Record<string, string> {
  const hooks = join(directory, "hooks.mjs");
  writeFileSync(
    hooks,
    `export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.endsWith(${JSON.stringify(file)})) return loaded;
  const source = String(loaded.source);
  if (!source.includes(${JSON.stringify(line)})) throw new Error("there is no such line to break");
  return { ...loaded, source: source.replace(${JSON.stringify(line)}, ${JSON.stringify(instead)}) };
}\n`,
  );
  const register = join(directory, "register.mjs");
  writeFileSync(
    register,
    `import { register } from "node:module";\nregister(${JSON.stringify(pathToFileURL(hooks).href)});\n`,
  );
  return { NODE_OPTIONS: `--import ${pathToFileURL(register).href}` };
}

test(
  "with the check of a grant taken out of the program, it says how many were oversold, and fails",
  async () => {
    const broken = breaking(
      "/dist/domain/reservations/decisions/hold.js",
      "Math.max(0, context.availableOf(line.locationId, line.gtin, atMs))",
      "1_000_000",
    );
    const { code, report } = await oversell(
      ["--attempts", "1000", "--units", "50", "--products", "2", "--no-kill"],
      broken,
    );
    expect(code).toBe(1);
    expect(report.ok).toBe(false);
    expect(report.oversold).toBeGreaterThan(0);
    // Each of the counts says so by itself.
    expect(report.counts.logs.oversold).toBeGreaterThan(0);
    expect(report.counts.database?.oversold).toBeGreaterThan(0);
    expect(report.granted).toBeGreaterThan(report.unitsPutIn);
  },
  TIMEOUT_MS,
);
