import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const lockSchema = z.object({ pid: z.number().int(), url: z.string(), token: z.string() });

/** What the lock file of a running system says: where it answers, and a token that only its owner can read. */
export type RunningSystem = z.infer<typeof lockSchema>;

/** Another process owns the data folder. */
export class DataDirectoryBusyError extends Error {
  override readonly name = "DataDirectoryBusyError";
}

export type DataDirectoryLock = {
  token: string;
  /** Writes where the system answers, once it listens. */
  announce(url: string): void;
  release(): void;
};

const lockName = "onhand.lock";

/** The system that runs on this data folder; null when there is none (a lock of a process that died does not count). */
export function findRunningSystem(dataDirectory: string): RunningSystem | null {
  let text: string;
  try {
    text = readFileSync(join(dataDirectory, lockName), "utf8");
  } catch {
    return null;
  }
  const parsed = lockSchema.safeParse(parseJson(text));
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : null;
}

/**
 * Takes the data folder for this process: the embedded engine allows one owner. A lock left by a killed process is taken
 * over. @throws DataDirectoryBusyError
 */
export function lockDataDirectory(dataDirectory: string): DataDirectoryLock {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const path = join(dataDirectory, lockName);
  const token = randomBytes(32).toString("base64url");
  const write = (url: string, flag: "wx" | "w") => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, url, token }), { mode: 0o600, flag });
  };
  try {
    write("", "wx");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    const running = findRunningSystem(dataDirectory);
    if (running !== null) {
      throw new DataDirectoryBusyError(
        `The data folder ${dataDirectory} belongs to the running process ${running.pid}` +
          `${running.url === "" ? "" : ` (${running.url})`}. Stop it, or set ONHAND_DATA_DIR to another folder.`,
      );
    }
    rmSync(path, { force: true });
    write("", "wx");
  }
  return {
    token,
    announce: (url) => write(url, "w"),
    release: () => rmSync(path, { force: true }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
