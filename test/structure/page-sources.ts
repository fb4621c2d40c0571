import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export const dashboardFolder = resolve(import.meta.dirname, "../../dashboard");

/** TypeScript files of a folder of the dashboard without its tests, by their paths from `dashboard/`. */
export function sourcesIn(folder: string): string[] {
  return readdirSync(join(dashboardFolder, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."))
    .map((file) => `${folder}/${file}`);
}

/** An entry and all that it imports from the dashboard, at once or later. */
export function sourcesFrom(entry: string): string[] {
  const found = new Set<string>();
  const follow = (path: string): void => {
    const file = path.slice(dashboardFolder.length + 1);
    if (found.has(file) || !path.startsWith(`${dashboardFolder}/`) || !/\.tsx?$/.test(path)) return;
    if (!existsSync(path)) return;
    found.add(file);
    for (const [, specifier = ""] of readPageSource(file).matchAll(/(?:from|import)\s*\(?"(\.[^"]+)"/g)) {
      follow(resolve(dirname(path), specifier));
    }
  };
  follow(join(dashboardFolder, entry));
  return [...found];
}

/** The code of a file, by its path from `dashboard/`. */
export function readPageSource(file: string): string {
  return readFileSync(join(dashboardFolder, file), "utf8");
}
