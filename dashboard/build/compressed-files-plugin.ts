import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Pictures and fonts are compressed already. */
const TEXTS = new Set([".html", ".js", ".css", ".svg", ".json", ".webmanifest"]);
/** What fits one packet gains nothing. */
const LEAST_BYTES = 1_400;

/** Writes `x.js.br` and `x.js.gz` beside each text of the build, so that the server compresses nothing while it answers. */
export function compressedFilesPlugin(): Plugin {
  let directory = "";
  return {
    name: "onhand-compressed-files",
    apply: "build",
    configResolved(config) {
      directory = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
        const path = join(directory, name);
        if (!TEXTS.has(extname(name)) || statSync(path).size < LEAST_BYTES) continue;
        const content = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
        const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
        writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
      }
    },
  };
}
