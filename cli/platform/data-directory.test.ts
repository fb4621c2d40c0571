import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { DataDirectoryBusyError, findRunningSystem, lockDataDirectory } from "./data-directory.ts";

const directory = mkdtempSync(join(tmpdir(), "onhand-lock-"));
const lockFile = join(directory, "onhand.lock");
afterEach(() => rmSync(lockFile, { force: true }));

describe("the lock of a data folder", () => {
  it("tells where the system answers, to its owner alone", () => {
    const lock = lockDataDirectory(directory);
    lock.announce("http://127.0.0.1:8080");
    const { pid, url, token } = JSON.parse(readFileSync(lockFile, "utf8"));
    expect({ pid, url }).toEqual({ pid: process.pid, url: "http://127.0.0.1:8080" });
    expect(token).toBe(lock.token);
    expect(statSync(lockFile).mode & 0o777).toBe(0o600);
    lock.release();
    expect(findRunningSystem(directory)).toBeNull();
  });

  it("is refused while another process holds it, and taken over once that process is dead", async () => {
    const holder = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const { pid } = holder;
    writeFileSync(lockFile, JSON.stringify({ pid, url: "http://127.0.0.1:1", token: "t" }));
    expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryBusyError);
    expect(findRunningSystem(directory)?.pid).toBe(pid);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    expect(findRunningSystem(directory)).toBeNull();
    lockDataDirectory(directory).release();
  });
});
