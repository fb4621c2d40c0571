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

/** What the build may have put beside a file, the smallest first. */
const ENCODINGS = [
  { name: "br", extension: ".br" },
  { name: "gzip", extension: ".gz" },
] as const;

type StaticFile = {
  path: string;
  contentType: string;
  etag: string;
  isImmutable: boolean;
  /** Encodings in which it lies beside itself. */
  encodings: readonly (typeof ENCODINGS)[number][];
};

type FileRequest = { ifNoneMatch: string | undefined; acceptEncoding: string | undefined };

export type StaticFiles = { respond(path: string, request: FileRequest): Response | null };

/**
 * The built dashboard. Files under `assets/` have their content's hash in the name and are kept for a year; all others are
 * asked for again each time (304 when unchanged). A path of a page's own routes is answered with its `index.html`: below `/store/`
 * that of the store page, else the dashboard's. Of what the build compressed the browser gets the smallest that it takes.
 */
export function createStaticFiles(directory: string): StaticFiles {
  let files: Map<string, StaticFile> | null = null;

  return {
    respond(path, { ifNoneMatch, acceptEncoding }) {
      files ??= listFiles(directory);
      const isPage = extname(path) === "" && !path.startsWith("/v1/");
      const page = path === "/store" || path.startsWith("/store/") ? "/store/index.html" : "/index.html";
      const file = files.get(path) ?? (isPage ? files.get(page) : undefined);
      if (file === undefined) return null;
      const encoding = file.encodings.find(({ name }) => isAccepted(name, acceptEncoding));
      const etag = encoding === undefined ? file.etag : `${file.etag.slice(0, -1)}-${encoding.name}"`;
      const headers: Record<string, string> = {
        "content-type": file.contentType,
        "cache-control": file.isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
        etag,
        ...(file.encodings.length === 0 ? {} : { vary: "accept-encoding" }),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        ...(file.contentType.startsWith("text/html") ? { "content-security-policy": PAGE_POLICY } : {}),
      };
      if (ifNoneMatch === etag) return new Response(null, { status: 304, headers });
      if (encoding !== undefined) headers["content-encoding"] = encoding.name;
      return new Response(readFileSync(file.path + (encoding?.extension ?? "")), { status: 200, headers });
    },
  };
}

/** RFC 9110, 12.5.3, of which `*` is left out: browsers name what they take. */
function isAccepted(encoding: string, accept = ""): boolean {
  return accept
    .toLowerCase()
    .split(",")
    .map((each) => each.split(";").map((part) => part.trim()))
    .some(([name, weight]) => name === encoding && !/^q=0(\.0*)?$/.test(weight ?? ""));
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
  const all = new Set(names);
  for (const name of names.slice(0, MAX_FILES)) {
    const path = join(directory, name);
    if (ENCODINGS.some(({ extension }) => name.endsWith(extension))) continue;
    if (!statSync(path).isFile()) continue;
    const url = `/${relative(directory, path).split(sep).join("/")}`;
    files.set(url, {
      path,
      contentType: CONTENT_TYPES[extname(name)] ?? "application/octet-stream",
      etag: `"${hash("sha256", readFileSync(path), "base64url").slice(0, 27)}"`,
      isImmutable: url.startsWith("/assets/"),
      encodings: ENCODINGS.filter(({ extension }) => all.has(name + extension)),
    });
  }
  return files;
}
