import { existsSync } from "node:fs";

/** Where the built dashboard lies, whether this runs from `cli` or from `dist/cli`. Ends with a slash. */
export function dashboardDirectory(): URL {
  const besideDist = new URL("../../dashboard/", import.meta.url);
  const fromSource = new URL("../../dist/dashboard/", import.meta.url);
  return existsSync(new URL("index.html", fromSource)) ? fromSource : besideDist;
}
