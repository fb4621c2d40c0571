import { hash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

const CONTENT_TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
  ".map": "application/json",
};

/** Everything from this server, nothing inline, no plugins, no frames. Sockets to this server are 'self' too. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** A built dashboard has some hundred files; more is a wrong directory. */
const MAX_FILES = 2_000;

type StaticFile = { path: string; contentType: string; etag: string; isImmutable: boolean };

export type StaticFiles = { respond(path: string, ifNoneMatch: string | undefined): Response | null };

/**
 * The built dashboard. Files under `assets/` have their content's hash in the name and are kept for a year; all others are
 * asked for again each time (304 when unchanged). A path of a page's own routes is answered with its `index.html`: below `/store/`
 * that of the store page, else the dashboard's.
 */
export function createStaticFiles(directory: string): StaticFiles {
  let files: Map<string, StaticFile> | null = null;

  return {
    respond(path, ifNoneMatch) {
      files ??= listFiles(directory);
      const isPage = extname(path) === "" && !path.startsWith("/v1/");
      const page = path === "/store" || path.startsWith("/store/") ? "/store/index.html" : "/index.html";
      const file = files.get(path) ?? (isPage ? files.get(page) : undefined);
      if (file === undefined) return null;
      const headers: Record<string, string> = {
        "content-type": file.contentType,
        "cache-control": file.isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
        etag: file.etag,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        ...(file.contentType.startsWith("text/html") ? { "content-security-policy": PAGE_POLICY } : {}),
      };
      if (ifNoneMatch === file.etag) return new Response(null, { status: 304, headers });
      return new Response(readFileSync(file.path), { status: 200, headers });
    },
  };
}

/** Only listed files are ever served, so a path cannot lead out of the directory. */
function listFiles(directory: string): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  let names: string[] = [];
  try {
    names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  } catch {
    return files;
  }
  for (const name of names.slice(0, MAX_FILES)) {
    const path = join(directory, name);
    if (!statSync(path).isFile()) continue;
    const url = `/${relative(directory, path).split(sep).join("/")}`;
    files.set(url, {
      path,
      contentType: CONTENT_TYPES[extname(name)] ?? "application/octet-stream",
      etag: `"${hash("sha256", readFileSync(path), "base64url").slice(0, 27)}"`,
      isImmutable: url.startsWith("/assets/"),
    });
  }
  return files;
}
