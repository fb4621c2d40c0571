import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { MissingPartError } from "../benchmark.ts";

/** `host` is the folder of its Unix socket, which is its quickest way in. */
export type Postgres = { host: string; port: number; user: string; version: string; stop(): Promise<void> };

type Account = { uid?: number; gid?: number };

const run = promisify(execFile);
const PORT = 5432;
const USER = "bench";
const READY_WITHIN_MS = 30_000;
const DEBIAN_FOLDER = "/usr/lib/postgresql";

/**
 * A PostgreSQL of its own with the settings that `initdb` writes and Debian ships: `fsync` and `synchronous_commit` on.
 * It refuses to be run by root, so root runs it as the user `postgres`, or `nobody`. Throws `MissingPartError` when it is
 * not installed.
 */
export async function startPostgres(): Promise<Postgres> {
  const programs = await findPrograms();
  const account = await unprivileged();
  const folder = await mkdtemp(join(tmpdir(), "onhand-bench-postgres-"));
  if (account.uid !== undefined) await chown(folder, account.uid, account.gid ?? account.uid);
  const data = join(folder, "data");
  const options = { ...account, env: { ...process.env, LC_ALL: "C" }, cwd: folder };
  await run(programs.initdb, ["-D", data, "-U", USER, "--auth=trust", "--encoding=UTF8"], options);
  // No TCP: the socket's folder is this run's own.
  const args = ["-D", data, "-k", folder, "-p", String(PORT), "-c", "listen_addresses="];
  const child = spawn(programs.postgres, args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-5_000)));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, "exit");
      // Fast shutdown: sessions are ended.
      child.kill("SIGINT");
      await exited;
    }
    await rm(folder, { recursive: true, force: true });
  };
  const untilMs = Date.now() + READY_WITHIN_MS;
  while (!log.includes("ready to accept connections")) {
    if (child.exitCode !== null || Date.now() > untilMs) {
      await stop();
      throw new Error(`PostgreSQL did not start:\n${log}`);
    }
    await sleep(20);
  }
  const { stdout } = await run(programs.postgres, ["--version"]);
  return { host: folder, port: PORT, user: USER, version: stdout.trim(), stop };
}

async function findPrograms(): Promise<{ postgres: string; initdb: string }> {
  const versions = await readdir(DEBIAN_FOLDER).catch(() => []);
  // The newest first; Debian puts them where a user's PATH does not look.
  const folders = versions.sort((one, other) => Number(other) - Number(one));
  for (const prefix of ["", ...folders.map((version) => `${DEBIAN_FOLDER}/${version}/bin/`)]) {
    const programs = { postgres: `${prefix}postgres`, initdb: `${prefix}initdb` };
    const isThere = (program: string): Promise<boolean> =>
      run(program, ["--version"]).then(
        () => true,
        () => false,
      );
    if ((await isThere(programs.postgres)) && (await isThere(programs.initdb))) return programs;
  }
  throw new MissingPartError(
    "PostgreSQL is not installed, so there is nothing to measure against. Install it (Debian, Ubuntu: apt-get install postgresql; " +
      "macOS: brew install postgresql) and run the benchmark again.",
  );
}

async function unprivileged(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      // The next one.
    }
  }
  throw new MissingPartError(
    "PostgreSQL does not run as root, and there is neither a user postgres nor nobody. Run the benchmark as another user.",
  );
}
