import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hashSecret, verifySecret } from "./secret-hash.ts";

describe("secrets of keys", () => {
  it("are told right from wrong", async () => {
    const hash = hashSecret("s3cret");
    expect(await verifySecret("s3cret", hash)).toBe(true);
    expect(await verifySecret("s3cres", hash)).toBe(false);
    expect(await verifySecret("", hash)).toBe(false);
  });

  it("never have the same hash twice, and fit a line of a password file", () => {
    const hash = hashSecret("s3cret");
    expect(hashSecret("s3cret")).not.toBe(hash);
    expect(hash).toMatch(/^\$7\$10000\$[A-Za-z0-9+/]{16}\$[A-Za-z0-9+/]{86}==$/);
  });

  it("are verified against a hash that mosquitto_passwd made", async () => {
    const folder = mkdtempSync(join(tmpdir(), "onhand-passwd-"));
    try {
      const file = join(folder, "passwords");
      writeFileSync(file, "", { mode: 0o600 });
      execFileSync("mosquitto_passwd", ["-b", file, "reader", "from mosquitto"]);
      const hash = readFileSync(file, "utf8").trim().slice("reader:".length);
      expect(await verifySecret("from mosquitto", hash)).toBe(true);
      expect(await verifySecret("from elsewhere", hash)).toBe(false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("cost one derivation when a whole fleet asks at once, and none when it comes back", async () => {
    const hash = hashSecret("s3cret");
    const before = process.cpuUsage();
    const answers = await Promise.all(Array.from({ length: 500 }, () => verifySecret("s3cret", hash)));
    for (let i = 0; i < 500; i++) answers.push(await verifySecret("s3cret", hash));
    const cpuMs = process.cpuUsage(before).user / 1000;
    expect(answers.every(Boolean)).toBe(true);
    // 1,000 derivations would take 5 s.
    expect(cpuMs).toBeLessThan(1_000);
  });

  it.each([
    "",
    "plain",
    "$6$salt$hash",
    "$7$0$c2FsdA==$aGFzaA==",
    "$7$x$c2FsdA==$aGFzaA==",
    "$7$1e9$YQ==$YQ==",
  ])("a hash that cannot be read (%s) opens nothing", async (hash) => {
    expect(await verifySecret("", hash)).toBe(false);
  });
});
