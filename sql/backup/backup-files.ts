import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { forEachOf } from "./for-each-of.ts";

/** The folder of the engine's files, in a data folder and in a backup. */
export const ENGINE = "clickhouse";
const CHUNK_BYTES = 256 * 1024;

/** A file of a backup: its path below the backup, with `/`, and the SHA-256 of its bytes. */
export type ListedFile = { path: string; sha256: string };

/** All files below a folder, by path. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** Copies one file onto the disk, readable by its owner alone. Gives the SHA-256 of what was read, in hex. */
export async function copyFileDurably(
  from: string,
  to: string,
  onBytes: (bytes: number) => void,
): Promise<string> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const target = await open(to, "wx", 0o600);
  try {
    const sha256 = await readThrough(from, onBytes, (chunk) => writeAll(target, chunk));
    await target.sync();
    return sha256;
  } finally {
    await target.close();
  }
}

/** SHA-256 of a file, in hex. */
export function sha256Of(path: string, onBytes: (bytes: number) => void = () => {}): Promise<string> {
  return readThrough(path, onBytes, async () => {});
}

async function readThrough(
  path: string,
  onBytes: (bytes: number) => void,
  take: (chunk: Uint8Array) => Promise<void>,
): Promise<string> {
  const source = await open(path, "r");
  const hash = createHash("sha256");
  const buffer = new Uint8Array(CHUNK_BYTES);
  try {
    for (;;) {
      const { bytesRead } = await source.read(buffer, 0, CHUNK_BYTES);
      if (bytesRead === 0) return hash.digest("hex");
      const chunk = buffer.subarray(0, bytesRead);
      hash.update(chunk);
      await take(chunk);
      onBytes(bytesRead);
    }
  } finally {
    await source.close();
  }
}

async function writeAll(target: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    at += (await target.write(chunk, at)).bytesWritten;
  }
}

/** A new file of text, on the disk when this resolves. */
export async function writeTextDurably(path: string, text: string): Promise<void> {
  const target = await open(path, "wx", 0o600);
  try {
    await target.writeFile(text);
    await target.sync();
  } finally {
    await target.close();
  }
}

/** That files are in a folder survives a power cut only when the folder itself was synced. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The folders of these files, up to the root that the paths begin at. */
export async function syncFolders(root: string, files: readonly ListedFile[]): Promise<void> {
  const folders = new Set<string>();
  for (const { path } of files) {
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) folders.add(folder);
  }
  await forEachOf([...folders], (folder) => syncFolder(join(root, folder)));
}

/** In the form that `sha256sum --check` reads. */
export function formatFileList(files: readonly ListedFile[]): string {
  return files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join("");
}

/** Null where it is no such list, or names a file outside its folder. */
export function parseFileList(text: string): ListedFile[] | null {
  const files: ListedFile[] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, sha256, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sha256 === undefined || path === undefined) return null;
    if (path.startsWith("/") || path.split("/").includes("..")) return null;
    files.push({ path, sha256 });
  }
  return files;
}
