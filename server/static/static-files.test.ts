import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../test/support/temporary-directory.ts";
import { createStaticFiles } from "./static-files.ts";

const SCRIPT = "console.log('onhand');";

function filesOf() {
  const directory = temporaryDirectory("static-files");
  mkdirSync(join(directory, "assets"));
  writeFileSync(join(directory, "index.html"), "<!doctype html>");
  const script = join(directory, "assets", "main.js");
  writeFileSync(script, SCRIPT);
  writeFileSync(`${script}.br`, brotliCompressSync(SCRIPT));
  writeFileSync(`${script}.gz`, gzipSync(SCRIPT));
  const files = createStaticFiles(directory);
  return (path: string, acceptEncoding?: string, ifNoneMatch?: string) =>
    files.respond(path, { acceptEncoding, ifNoneMatch });
}

test("a browser gets the smallest form that it takes, and the plain one where it takes none", async () => {
  const ask = filesOf();
  const bytes = async (accept?: string) => {
    const answer = ask("/assets/main.js", accept);
    if (answer === null) throw new Error("no file");
    expect(answer.headers.get("content-type")).toContain("javascript");
    expect(answer.headers.get("vary")).toBe("accept-encoding");
    const encoding = answer.headers.get("content-encoding");
    return { encoding, body: Buffer.from(await answer.arrayBuffer()) };
  };
  const brotli = await bytes("gzip, deflate, BR, zstd");
  expect([brotli.encoding, String(brotliDecompressSync(brotli.body))]).toEqual(["br", SCRIPT]);
  const gzip = await bytes("br;q=0, gzip;q=0.5");
  expect([gzip.encoding, String(gunzipSync(gzip.body))]).toEqual(["gzip", SCRIPT]);
  for (const accept of [undefined, "", "identity", "gzip;q=0.000"]) {
    const plain = await bytes(accept);
    expect([accept, plain.encoding, String(plain.body)]).toEqual([accept, null, SCRIPT]);
  }
});

test("each form has its own tag, so that one is never taken for the other", () => {
  const ask = filesOf();
  const tag = (accept: string) => ask("/assets/main.js", accept)?.headers.get("etag") ?? "";
  expect(new Set([tag("br"), tag("gzip"), tag("")]).size).toBe(3);
  expect(ask("/assets/main.js", "br", tag("br"))?.status).toBe(304);
  expect(ask("/assets/main.js", "gzip", tag("br"))?.status).toBe(200);
});

test("the compressed forms are no files of their own", () => {
  const ask = filesOf();
  expect(ask("/assets/main.js.br")).toBeNull();
  expect(ask("/", "br")?.headers.get("vary")).toBeNull();
});
