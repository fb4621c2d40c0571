import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { idSchema } from "../../domain/identifiers.ts";
import type { Principal } from "../../domain/principal.ts";
import { topicGrants } from "../../ingest/broker/topic-rights.ts";

/** A key that is not revoked. `hash` is what `hashSecret` made: Mosquitto verifies the same secret with it. */
export type MosquittoKey = Principal & { hash: string };

export type MosquittoFilesOptions = {
  keys: readonly MosquittoKey[];
  /** First level of all topics. */
  root: string;
  /** Where Mosquitto will find `passwords` and `acl`, as an absolute path. */
  directory: string;
  /** Default `1883 127.0.0.1`, the words after `listener`. */
  listener?: string;
  /** Default `/var/lib/mosquitto/`. */
  persistenceLocation?: string;
};

export type MosquittoFiles = Record<"mosquitto.conf" | "passwords" | "acl", string>;

const ACCESS_WORDS = { publish: "write", subscribe: "read" } as const;

/**
 * What a Mosquitto (2.0 or newer) needs to stand in for the embedded broker with the same keys and the same rights.
 *
 * @throws when an id holds a character that means something in these files; ids made by Onhand never do
 */
export function mosquittoFiles(options: MosquittoFilesOptions): MosquittoFiles {
  const keys = [...options.keys].sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
  for (const key of keys) checkKey(key);
  return {
    "mosquitto.conf": configText(options),
    passwords: keys.map(({ keyId, hash }) => `${keyId}:${hash}\n`).join(""),
    acl: aclText(keys, options.root),
  };
}

/** Writes the files into `options.directory` (made if missing), each replaced in one step, readable by owner and group. */
export async function writeMosquittoFiles(options: MosquittoFilesOptions): Promise<string[]> {
  await mkdir(options.directory, { recursive: true });
  const written: string[] = [];
  for (const [name, text] of Object.entries(mosquittoFiles(options))) {
    const path = join(options.directory, name);
    await writeFile(`${path}.new`, text, { mode: 0o640 });
    await rename(`${path}.new`, path);
    written.push(path);
  }
  return written;
}

function checkKey({ keyId, locationId, hash }: MosquittoKey): void {
  for (const id of locationId === null ? [keyId] : [keyId, locationId]) {
    if (!idSchema.safeParse(id).success) {
      throw new Error(
        `The id "${id}" cannot stand in Mosquitto's files. No file was written. Make a key with a plain id.`,
      );
    }
  }
  if (!/^\$7\$[0-9]+\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+$/.test(hash)) {
    throw new Error(
      `Key ${keyId} has a hash that Mosquitto cannot read. No file was written. Revoke it and make it anew.`,
    );
  }
}

function aclText(keys: readonly Principal[], root: string): string {
  const head = "# Written by `onhand keys mosquitto`: who may publish (write) and read which topics.\n";
  const blocks = keys.map((key) => {
    const lines = topicGrants(key, root).map(
      ({ access, filter }) => `topic ${ACCESS_WORDS[access]} ${filter}\n`,
    );
    const about = key.locationId === null ? key.role : `${key.role} of ${key.locationId}`;
    return `\n# ${about}\nuser ${key.keyId}\n${lines.join("")}`;
  });
  return head + blocks.join("");
}

function configText({ directory, listener, persistenceLocation }: MosquittoFilesOptions): string {
  return `# Written by \`onhand keys mosquitto\`. Nothing is taken from anyone without a key.
allow_anonymous false
password_file ${join(directory, "passwords")}
acl_file ${join(directory, "acl")}

# Programs on this machine only. Secrets and stock would cross a network readable.
listener ${listener ?? "1883 127.0.0.1"}

# For readers and tills in the network: a certificate that they trust, then take the # away.
# listener 8883
# certfile ${join(directory, "server.crt")}
# keyfile ${join(directory, "server.key")}
# tls_version tlsv1.2

# While Onhand is stopped, its events wait here. 1,000 messages are the default, then Mosquitto drops the rest without
# a word. 0 is no limit: watch the disk.
max_queued_messages 0
max_queued_bytes 0
# Sent to Onhand and not yet acknowledged, which it does after its commit; 20 is the default.
max_inflight_messages 10000
message_size_limit 4194304

# What waits is written to disk at a regular stop and so often (seconds). A crash of Mosquitto loses what came after the
# last writing, although Mosquitto has acknowledged it; a client that needs certainty waits for its receipt.
persistence true
persistence_location ${persistenceLocation ?? "/var/lib/mosquitto/"}
autosave_interval 30
# The session of a client that never came back is forgotten.
persistent_client_expiration 14d
`;
}
