import { z } from "zod";
import type { ApiKey, CreatedKey } from "../../domain/api/credentials.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import { KEY_ROLES, type KeyRole, type Principal } from "../../domain/principal.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { newKeyToken, parseKeyToken } from "./key-token.ts";
import { hashSecret, verifySecret } from "./secret-hash.ts";

const COLUMNS = [
  "key_id",
  "role",
  "location_id",
  "name",
  "hash",
  "origins",
  "created_at",
  "revoked_at",
  "version",
];
/** Derivations run in a pool of four threads; more waiting than this would only time out. */
const MAX_VERIFYING = 64;

const keyRowSchema = z.object({
  key_id: z.string(),
  role: z.enum(KEY_ROLES),
  location_id: z.string(),
  name: z.string(),
  hash: z.string(),
  origins: z.array(z.string()),
  created_at: instantSchema,
  revoked_at: instantSchema.nullable(),
});
type KeyRow = z.infer<typeof keyRowSchema>;

/** A key that was proved, with what a request needs of it. */
export type VerifiedKey = Principal & { origins: readonly string[] };

/** `busy`: too many proofs at once; try again in a second. */
export type KeyProof = VerifiedKey | "unknown" | "busy";

export type KeyStore = ReturnType<typeof createKeyStore>;

/**
 * Credentials, from the table `api_keys`, in memory while they are used. The command line uses it without a server.
 * `load()` first; again whenever `{root}/settings` says that keys changed, which ends a revoked key at once.
 */
export function createKeyStore(deps: { db: Database; nowMs(): number }) {
  let keys = new Map<string, KeyRow>();
  let verifying = 0;
  let lastVersion = 0;

  async function save(row: KeyRow): Promise<void> {
    lastVersion = Math.max(lastVersion + 1, deps.nowMs() * 1000);
    await deps.db.insert({
      name: "keys/save",
      table: "api_keys",
      columns: COLUMNS,
      rows: [
        [
          row.key_id,
          row.role,
          row.location_id,
          row.name,
          row.hash,
          row.origins,
          row.created_at,
          row.revoked_at,
          lastVersion,
        ],
      ],
    });
    keys.set(row.key_id, row);
  }

  return {
    /** Reads all keys again. Keeps the known ones when ClickHouse does not answer, and throws. */
    async load(): Promise<void> {
      const rows = await deps.db.query({
        name: "keys/load",
        sql: loadQuery("server/keys"),
        row: keyRowSchema,
      });
      keys = new Map(rows.map((row) => [row.key_id, row]));
    },

    /**
     * Makes a key and tells its secret, this once; durable when it resolves. Who may have which role is the caller's to
     * judge: `POST /v1/keys` takes the roles of devices and people only, the command line `internal` too.
     */
    async create(wish: {
      role: KeyRole;
      name: string;
      locationId: string | null;
      origins: readonly string[];
    }): Promise<CreatedKey> {
      const { keyId, secret, token } = newKeyToken();
      const row: KeyRow = {
        key_id: keyId,
        role: wish.role,
        location_id: wish.locationId ?? "",
        name: wish.name,
        hash: hashSecret(secret),
        origins: [...wish.origins],
        created_at: new Date(deps.nowMs()).toISOString(),
        revoked_at: null,
      };
      await save(row);
      return { ...shown(row), token, secret };
    },

    list(): ApiKey[] {
      return [...keys.values()].map(shown);
    },

    /** Ends a key for good, for this process at once. @returns null when there is no such key. */
    async revoke(keyId: string): Promise<ApiKey | null> {
      const row = keys.get(keyId);
      if (row === undefined) return null;
      if (row.revoked_at !== null) return shown(row);
      const revoked = { ...row, revoked_at: new Date(deps.nowMs()).toISOString() };
      // First here: a key that someone wants gone stays gone while ClickHouse is away.
      keys.set(keyId, revoked);
      await save(revoked);
      return shown(revoked);
    },

    /** The key as it is now, if it lives. Cheap: a look into memory. */
    live(keyId: string): VerifiedKey | null {
      const row = keys.get(keyId);
      return row === undefined || row.revoked_at !== null ? null : principalOf(row);
    },

    /** Whether browsers on this origin may use any living key. */
    isPublishedOrigin(origin: string): boolean {
      for (const row of keys.values()) {
        if (row.revoked_at === null && row.origins.includes(origin)) return true;
      }
      return false;
    },

    /** Proves user name and password, as brokers ask for it. */
    async verify(keyId: string, secret: string): Promise<KeyProof> {
      const row = keys.get(keyId);
      if (row === undefined || row.revoked_at !== null) return "unknown";
      if (verifying >= MAX_VERIFYING) return "busy";
      verifying += 1;
      try {
        if (!(await verifySecret(secret, row.hash))) return "unknown";
      } finally {
        verifying -= 1;
      }
      return this.live(keyId) ?? "unknown";
    },

    /** Proves a bearer key. */
    async verifyToken(token: string): Promise<KeyProof> {
      const parts = parseKeyToken(token);
      return parts === null ? "unknown" : await this.verify(parts.keyId, parts.secret);
    },
  };
}

function principalOf(row: KeyRow): VerifiedKey {
  return {
    keyId: row.key_id,
    role: row.role,
    locationId: row.location_id === "" ? null : row.location_id,
    origins: row.origins,
  };
}

function shown(row: KeyRow): ApiKey {
  return {
    keyId: row.key_id,
    role: row.role,
    name: row.name,
    locationId: row.location_id === "" ? null : row.location_id,
    origins: row.origins,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  };
}
