import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { envExample } from "../../cli/platform/config.ts";
import { readProjectFile, readSources } from "./source-text.ts";

const settings = new Set([...envExample().matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name ?? ""));
/** Words that look like a setting. */
const named =
  /\b(?:ONHAND|CLICKHOUSE|MQTT|HTTP|INGEST|TRACKING|RECONCILE|INSECURE)_[A-Z_]+\b|(?<=\s)--insecure-[a-z]+|\bLOG_LEVEL\b/g;
/** For developers: read where they are used, not by the configuration. */
const notSettings = new Set(["ONHAND_TRACE", "ONHAND_LONG"]);

function unknownIn(text: string): string[] {
  return [...text.matchAll(named)]
    .map(([name]) => name)
    .filter((name) => !settings.has(name) && !notSettings.has(name));
}

describe("settings that people are told of", () => {
  it("are in the configuration: in the documents", () => {
    expect(settings.size).toBeGreaterThan(20);
    const docs = readdirSync(resolve(import.meta.dirname, "../../docs"), {
      recursive: true,
      encoding: "utf8",
    });
    const texts = docs.filter((path) => path.endsWith(".md")).map((path) => readProjectFile(`docs/${path}`));
    expect(texts.length).toBeGreaterThan(5);
    expect([...texts, readProjectFile("README.md")].flatMap(unknownIn)).toEqual([]);
  });

  it("are in the configuration: in what the program says", () => {
    const texts = readSources(["domain", "sql", "ingest", "server", "cli", "simulators"]).flatMap((source) =>
      [...source.matchAll(/"[^"\n]*"|`[^`]*`/g)].map(([literal]) => literal),
    );
    expect(texts.flatMap(unknownIn)).toEqual([]);
  });
});
