import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** What each folder may import: our folders, and (where it says so) the only packages. `cli` and `test` may import all. */
const rules: Record<string, { folders: readonly string[]; packages?: readonly string[] }> = {
  domain: { folders: [], packages: ["zod"] },
  sql: { folders: ["domain"] },
  client: { folders: ["domain"], packages: ["zod"] },
  ingest: { folders: ["domain", "sql"] },
  server: { folders: ["domain", "sql"] },
  simulators: { folders: ["domain"] },
  dashboard: { folders: ["domain", "client"] },
};

const importPattern =
  /(?:^|\s)(?:import|export)\s[^;]*?from\s+["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|^import\s+["']([^"']+)["']/gm;

type Import = { file: string; specifier: string };

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes("node_modules"));
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(importPattern)].map((match) => ({
    file: relative(root, path),
    specifier: match[1] ?? match[2] ?? match[3] ?? "",
  }));
}

function isAllowed(folder: string, { file, specifier }: Import): boolean {
  const rule = rules[folder];
  if (rule === undefined) throw new Error(`no rule for ${folder}`);
  if (specifier.startsWith(".")) {
    const target = relative(root, resolve(root, dirname(file), specifier)).split("/")[0] ?? "";
    return target === folder || rule.folders.includes(target);
  }
  if (specifier.startsWith("node:")) return rule.packages === undefined;
  const packageName = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  return rule.packages === undefined || rule.packages.includes(packageName);
}

describe("boundaries between folders", () => {
  for (const folder of Object.keys(rules)) {
    it(`${folder} imports only what it may`, () => {
      const files = sourceFiles(folder);
      // A test that reads nothing would pass whatever the code does.
      expect(files.length).toBeGreaterThan(0);
      const imports = files.flatMap(importsOf);
      expect(imports.length).toBeGreaterThan(0);
      expect(imports.filter((found) => !isAllowed(folder, found))).toEqual([]);
    });
  }

  it("sees a forbidden import when there is one", () => {
    expect(isAllowed("domain", { file: "domain/x.ts", specifier: "node:fs" })).toBe(false);
    expect(isAllowed("domain", { file: "domain/x.ts", specifier: "../sql/client.ts" })).toBe(false);
    expect(isAllowed("server", { file: "server/a/x.ts", specifier: "../../ingest/ingest.ts" })).toBe(false);
    expect(isAllowed("ingest", { file: "ingest/x.ts", specifier: "../server/problems.ts" })).toBe(false);
    expect(
      isAllowed("dashboard", { file: "dashboard/src/x.ts", specifier: "../../server/problems.ts" }),
    ).toBe(false);
    expect(isAllowed("server", { file: "server/a/x.ts", specifier: "../../domain/gtin.ts" })).toBe(true);
  });

  it("the domain is compiled without the types of Node or the browser", () => {
    const config: unknown = JSON.parse(readFileSync(join(root, "domain/tsconfig.json"), "utf8"));
    expect(config).toMatchObject({ compilerOptions: { types: [], lib: ["ES2023"] } });
  });

  it("recharts is imported in dashboard/src/charts alone", () => {
    const outside = sourceFiles("dashboard")
      .flatMap(importsOf)
      .filter(({ file, specifier }) => specifier === "recharts" && !file.startsWith("dashboard/src/charts/"));
    expect(outside).toEqual([]);
  });
});
