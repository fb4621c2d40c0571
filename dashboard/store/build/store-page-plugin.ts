import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { drawIcon } from "./draw-icon.ts";

const ENTRY = "store/index.html";
/** Files that the page asks for beside those that its entry leads to. */
const BESIDE = ["/favicon.svg", "/theme.js", "/store/manifest.webmanifest", "/store/icon-192.png"];

/** Adds to the build what makes the store page installable: its icons, and its service worker with the list of its files. */
export function storePagePlugin(): Plugin {
  return {
    name: "onhand-store-page",
    apply: "build",
    // After the page itself, whose content is in the version.
    enforce: "post",
    generateBundle(_options, bundle) {
      const emit = (fileName: string, source: string | Uint8Array) =>
        this.emitFile({ type: "asset", fileName, source });
      emit("store/icon-192.png", drawIcon(192));
      emit("store/icon-512.png", drawIcon(512));
      emit("store/icon-maskable-512.png", drawIcon(512, { isMaskable: true }));

      const files = new Set<string>();
      const follow = (fileName: string): void => {
        const file = bundle[fileName];
        if (file === undefined || files.has(fileName)) return;
        files.add(fileName);
        if (file.type !== "chunk") return;
        for (const next of [...file.imports, ...file.dynamicImports]) follow(next);
        for (const next of file.viteMetadata?.importedCss ?? []) files.add(next);
        for (const next of file.viteMetadata?.importedAssets ?? []) files.add(next);
      };
      const entry = Object.values(bundle).find(
        (file) => file.type === "chunk" && file.isEntry && file.facadeModuleId?.endsWith(ENTRY) === true,
      );
      if (entry === undefined) throw new Error("the build has no store page");
      follow(entry.fileName);
      const shell = [
        "/store/",
        ...BESIDE,
        ...[...files]
          .filter(isKept)
          .sort()
          .map((name) => `/${name}`),
      ];
      const page = bundle[ENTRY];
      const version = hash(
        "sha256",
        JSON.stringify([shell, page?.type === "asset" ? String(page.source) : ""]),
        "hex",
      ).slice(0, 12);
      const source = readFileSync(`${import.meta.dirname}/../worker/service-worker.js`, "utf8");
      emit(
        "store/service-worker.js",
        source.replace("%VERSION%", version).replace('["%SHELL%"]', JSON.stringify(shell)),
      );
    },
  };
}

/** Of the font only Latin letters: without network the device's own letters stand in for the others. */
function isKept(fileName: string): boolean {
  return !fileName.endsWith(".woff2") || /-latin(-ext)?-wght/.test(fileName);
}
