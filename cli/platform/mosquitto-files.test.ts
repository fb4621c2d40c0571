import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hashSecret } from "../../server/keys/secret-hash.ts";
import { type MosquittoKey, mosquittoFiles, writeMosquittoFiles } from "./mosquitto-files.ts";

const hash = hashSecret("secret");

/** The keys of the example in deploy/mosquitto. */
const EXAMPLE: MosquittoKey[] = [
  { keyId: "onhand-ingest", role: "internal", locationId: null, hash },
  { keyId: "onhand-server", role: "internal", locationId: null, hash },
  { keyId: "dock-reader-1", role: "device", locationId: "store-001", hash },
  { keyId: "till-3", role: "device", locationId: "store-001", hash },
  { keyId: "someone-looking", role: "admin", locationId: null, hash },
];

describe("files for Mosquitto", () => {
  it("are the example in deploy/mosquitto", async () => {
    const files = mosquittoFiles({ keys: EXAMPLE, root: "onhand", directory: "/etc/mosquitto/onhand" });
    const example = join(import.meta.dirname, "../../deploy/mosquitto");
    expect(files["mosquitto.conf"]).toBe(await readFile(join(example, "mosquitto.conf"), "utf8"));
    expect(files.acl).toBe(await readFile(join(example, "acl"), "utf8"));
  });

  it("are replaced as a whole and leave nothing else behind", async () => {
    const directory = await mkdtemp(join(tmpdir(), "onhand-files-"));
    try {
      await writeMosquittoFiles({ keys: EXAMPLE, root: "onhand", directory });
      const written = await writeMosquittoFiles({ keys: EXAMPLE.slice(0, 1), root: "onhand", directory });
      expect((await readdir(directory)).sort()).toEqual(["acl", "mosquitto.conf", "passwords"]);
      expect(written).toHaveLength(3);
      expect(await readFile(join(directory, "passwords"), "utf8")).toBe(`onhand-ingest:${hash}\n`);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it.each([
    { keyId: "a:b" },
    { keyId: "a\nuser root" },
    { keyId: "" },
    { locationId: "+" },
    { locationId: "L1/#" },
    { hash: "plain" },
    { hash: `${hash}\nroot:${hash}` },
  ])("are not written for a key that would mean something else there: %j", (change) => {
    const key: MosquittoKey = { keyId: "k", role: "device", locationId: "L1", hash, ...change };
    expect(() => mosquittoFiles({ keys: [key], root: "onhand", directory: "/tmp" })).toThrow(
      /No file was written/,
    );
  });
});
