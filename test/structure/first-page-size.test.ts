import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";

const built = resolve(import.meta.dirname, "../../dist/dashboard");
/** Compressed, with what it imports at once; pages and charts that are loaded when they are opened are not in it. */
const MOST_KB = 200;

/** The scripts that the browser has to have before the first page is drawn: those of index.html, and what they import. */
function firstScripts(): Map<string, string> {
  if (!existsSync(join(built, "index.html"))) throw new Error("dist/dashboard is missing: npm run build");
  const html = readFileSync(join(built, "index.html"), "utf8");
  const waiting = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path = ""]) => path);
  const found = new Map<string, string>();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    const text = readFileSync(join(built, path), "utf8");
    found.set(path, text);
    for (const [, specifier = ""] of text.matchAll(
      /(?:^|[;}\s])(?:import|export)\s*(?:[^"'()]*?from\s*)?["'](\.[^"']+\.js)["']/g,
    )) {
      waiting.push(join(dirname(path), specifier));
    }
  }
  return found;
}

it(`the script of the first page is at most ${MOST_KB} kB compressed`, () => {
  const scripts = firstScripts();
  // One file alone would mean that imports were not found.
  expect(scripts.size).toBeGreaterThan(3);
  const bytes = [...scripts.values()].reduce((sum, text) => sum + gzipSync(text).byteLength, 0);
  expect(bytes / 1000).toBeLessThanOrEqual(MOST_KB);
});

it("charts, the editor of SQL and maps are not in the script of the first page", () => {
  const found = [...firstScripts()].flatMap(([path, text]) =>
    ["recharts-", "cm-editor", "geoMercator"]
      .filter((word) => text.includes(word))
      .map((word) => `${word} in ${path}`),
  );
  expect(found).toEqual([]);
});
