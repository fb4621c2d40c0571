import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** A file of the project, by its path from the root. */
export function readProjectFile(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** The texts of a folder's TypeScript files without its tests. `skip` leaves out sub-folders, such as `cli/bench`. */
export function readSources(folders: readonly string[], skip: readonly string[] = []): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts"))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes("node_modules"))
      .filter((path) => !skip.some((skipped) => path.startsWith(join(root, skipped))))
      .map((path) => readFileSync(path, "utf8")),
  );
}

/** The rows of the tables of a Markdown text, cell by cell, without heads and rules. */
export function tableRows(markdown: string): string[][] {
  const lines = markdown.split("\n");
  return lines
    .filter((line, at) => line.startsWith("| ") && !/^\|[-| ]+\|$/.test(lines[at + 1] ?? ""))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll("\\|", "|")),
    );
}

/** The part of a Markdown text under one `## ` heading. */
export function sectionOf(markdown: string, heading: string): string {
  const start = markdown.indexOf(`## ${heading}\n`);
  if (start < 0) throw new Error(`There is no section "${heading}".`);
  const end = markdown.indexOf("\n## ", start + 3);
  return markdown.slice(start, end < 0 ? undefined : end);
}
