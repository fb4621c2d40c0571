import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../cli/command-list.ts";
import { runCommand } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const commands = COMMANDS.map(({ name }) => name);
const directory = temporaryDirectory("command-line");
const free = {
  HTTP_LISTEN: "127.0.0.1:0",
  MQTT_LISTEN: "127.0.0.1:0",
  INGEST_MIN_FREE_DISK_PERCENT: "0",
};

describe("the built command line", () => {
  it("explains itself, and every command does", async () => {
    const help = await runCommand(["--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    const listed = [...help.stdout.matchAll(/^ {2}([a-z]+)[ |]/gm)].map(([, name]) => name ?? "");
    expect(new Set(listed.filter((name) => name !== "help"))).toEqual(new Set(commands));
    for (const command of commands) {
      const { code, stdout, stderr } = await runCommand([command, "--help"]);
      expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: "" });
      expect(stdout).toContain(`onhand ${command}`);
    }
  });

  it("exits with 2 and says where help is when it is used wrongly", async () => {
    for (const args of [
      ["nonsense"],
      ["start", "--nonsense"],
      ["keys", "create"],
      ["import", "weather", "x.csv"],
    ]) {
      const { code, stdout, stderr } = await runCommand(args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
      expect(stderr).toContain("--help");
    }
  });

  it("exits with 2 and names each variable that does not fit", async () => {
    const { code, stdout, stderr } = await runCommand(["start"], {
      ONHAND_DATA_DIR: join(directory, "never"),
      HTTP_LISTEN: "nonsense",
      LOG_LEVEL: "loud",
      INGEST_MAX_IN_FLIGHT: "0",
      MQTT_ROOT: "a/b",
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    for (const name of ["HTTP_LISTEN", "LOG_LEVEL", "INGEST_MAX_IN_FLIGHT", "MQTT_ROOT"]) {
      expect(stderr).toContain(`  ${name}: `);
    }
  });

  it("exits with 2 when one part of a split deployment lacks its server or broker", async () => {
    for (const command of ["ingest", "serve"]) {
      const { code, stderr } = await runCommand([command], { ONHAND_DATA_DIR: join(directory, "never") });
      expect({ command, code }).toEqual({ command, code: 2 });
      expect(stderr).toMatch(/CLICKHOUSE_URL and MQTT_URL/);
    }
  });

  it("migrates once: a second run does nothing", async () => {
    const env = { ONHAND_DATA_DIR: join(directory, "migrated") };
    const first = await runCommand(["migrate", "--json"], env);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const { applied } = JSON.parse(first.stdout) as { applied: string[] };
    expect(applied[0]).toBe("0001_master_data");
    const second = await runCommand(["migrate", "--json"], env);
    expect(second).toEqual({ code: 0, stdout: '{"applied":[]}\n', stderr: "" });
  });

  it("finds nothing wrong with a folder that works, and says what mends one that does not", async () => {
    const good = await runCommand(["doctor", "--json"], {
      ONHAND_DATA_DIR: join(directory, "good"),
      ...free,
    });
    const { findings } = JSON.parse(good.stdout) as { findings: { name: string; status: string }[] };
    expect(findings.map(({ name }) => name)).toEqual([
      "node",
      "dashboard",
      "data folder",
      "ClickHouse (embedded)",
      "server",
      "broker",
    ]);
    // A dashboard that was not built is found, and is the one thing that a checkout may lack.
    expect(findings.filter(({ name, status }) => status === "problem" && name !== "dashboard")).toEqual([]);

    const folder = join(directory, "file");
    mkdirSync(folder);
    const bad = await runCommand(["doctor", "--json"], {
      ONHAND_DATA_DIR: folder,
      ...free,
      CLICKHOUSE_URL: "http://127.0.0.1:1",
      MQTT_URL: "mqtt://127.0.0.1:1",
    });
    expect(bad.code).toBe(1);
    const found = JSON.parse(bad.stdout) as {
      findings: { name: string; status: string; remedy: string | null }[];
    };
    for (const [name, remedy] of [
      ["ClickHouse", "CLICKHOUSE_URL"],
      ["broker", "MQTT_URL"],
    ] as const) {
      const finding = found.findings.find((one) => one.name === name);
      expect(finding).toMatchObject({ status: "problem", remedy: expect.stringContaining(remedy) });
    }
  });

  it("writes an EPC and reads it back the same", async () => {
    const uri = "urn:epc:id:sgtin:9506000.013435.1001";
    const encoded = await runCommand(["epc", "encode", uri, "--json"]);
    expect(encoded).toMatchObject({ code: 0, stderr: "" });
    const { hex } = JSON.parse(encoded.stdout) as { hex: string };
    const decoded = await runCommand(["epc", "decode", hex, "--json"]);
    expect(decoded).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(decoded.stdout)).toMatchObject({
      ok: true,
      scheme: "sgtin-96",
      gtin14: "09506000134352",
      serial: "1001",
      pureIdentityUri: uri,
    });
    const wrong = await runCommand(["epc", "decode", "xyz", "--json"]);
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ ok: false, code: "epc_bad_hex" });
  });
});
