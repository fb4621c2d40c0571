// The `onhand` command as a few files in dist/onhand instead of a thousand in dist: to find, read and link these was a third of what
// a start took. Packages stay where they are.
import { readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { build } from "vite";

const root = resolve(import.meta.dirname, "../..");
const out = join(root, "dist/onhand");
const main = join(root, "dist/cli/main.js");
const compiled = ["domain", "sql", "client", "ingest", "server", "simulators", "cli"].map((folder) =>
  join(root, "dist", folder),
);

if (newestMs([import.meta.filename, ...compiled.flatMap(scriptsIn)]) > newestMs([join(out, "main.js")])) {
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: "warn",
    plugins: [{ name: "own-places", transform: { order: "pre", handler: keepPlace } }],
    build: {
      ssr: true,
      outDir: out,
      emptyOutDir: true,
      target: "node20",
      minify: false,
      rolldownOptions: {
        input: { main },
        output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
      },
    },
  });
}

/** A module that looks for files beside itself (SQL, a worker's script) goes on finding them where it was compiled to. */
function keepPlace(code, id) {
  if (!id.startsWith(join(root, "dist")) || !code.includes("import.meta")) return null;
  const place = JSON.stringify(relative(out, id));
  const text = code.replaceAll("import.meta.url", `new URL(${place}, import.meta.url).href`);
  if (/import\.meta\.(?!url)/.test(text))
    throw new Error(`${id}: only import.meta.url keeps its meaning in a bundle`);
  return { code: text, map: null };
}

function scriptsIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith(".js"))
    .map((path) => join(folder, path));
}

/** Milliseconds since 1970; 0 where there is none of them. */
function newestMs(paths) {
  return Math.max(0, ...paths.map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0));
}
