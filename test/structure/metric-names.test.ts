import { describe, expect, it } from "vitest";
import { readProjectFile, readSources, tableRows } from "./source-text.ts";

/** Every text in the sources that looks like a metric's name is one, but for the cookie. */
const names = /"(onhand_[a-z_]+)"/g;
const noMetrics = new Set(["onhand_session"]);

/** Each role has a bus of its own, whose metrics carry the role's name: `${prefix}_connected`. */
const busNames = /`\$\{prefix\}(_[a-z_]+)`/g;
const components = /\bcomponent: "([a-z]+)"/g;

const sources = readSources(["ingest", "server", "cli"], ["cli/bench"]);
const found = (pattern: RegExp) =>
  sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name ?? ""));
const ofBuses = found(components).flatMap((component) =>
  found(busNames).map((name) => `onhand_${component}_bus${name}`),
);
const inSources = new Set([...found(names), ...ofBuses].filter((name) => !noMetrics.has(name)));
const rows = tableRows(readProjectFile("docs/metrics.md"));
const inDocument = rows.flatMap(([first = ""]) => /^`(onhand_[a-z_]+)`$/.exec(first)?.[1] ?? []);

/** The kind that a name promises: counters end in `_total`, by Prometheus' rules. */
function kindOf(name: string): string {
  if (name.endsWith("_total")) return "counter";
  const isHistogram = sources.some((text) => new RegExp(`new Histogram\\(\\{\\s*name: "${name}"`).test(text));
  return isHistogram ? "histogram" : "gauge";
}

describe("docs/metrics.md", () => {
  it("has every metric of the sources, once", () => {
    expect(inSources.size).toBeGreaterThan(25);
    expect([...inDocument].sort()).toEqual([...inSources].sort());
  });

  it("says of each its kind, labels, meaning and what to alert on", () => {
    for (const [first = "", kind, labels, meaning, alert] of rows) {
      const name = first.replaceAll("`", "");
      if (!inSources.has(name)) continue;
      expect({ name, kind }).toEqual({ name, kind: kindOf(name) });
      expect({ name, isComplete: Boolean(labels && meaning && alert) }).toEqual({ name, isComplete: true });
    }
  });
});
