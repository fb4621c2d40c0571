import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { z } from "zod";
import {
  type ApiKey,
  apiKeySchema,
  apiKeysSchema,
  type CreatedKey,
  createdKeySchema,
  createKeySchema,
  isHeldToLocation,
  ROLES,
} from "../../domain/api/credentials.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { createKeyStore } from "../../server/keys/key-store.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { parseConfig } from "../platform/config.ts";
import type { SystemConnection } from "../platform/connect-to-system.ts";
import { writeMosquittoFiles } from "../platform/mosquitto-files.ts";
import { isEmbedded, openConfigured } from "../platform/open-databases.ts";
import { KEY_ROLES } from "../../domain/principal.ts";

type Wish = { role: string; name: string; location?: string; origin: string[] };
type Connect = () => Promise<SystemConnection>;

/** `onhand keys create|list|revoke|mosquitto`: credentials of readers, tills, storefronts and people. */
export function registerKeys(program: Command, deps: { connect: Connect }): void {
  const keys = program.command("keys").description("credentials of devices, storefronts and people");
  keys
    .command("create")
    .description("make a key; its secret is shown once and stored nowhere")
    .addOption(
      new Option("--role <role>", "what it may do; internal is for `onhand ingest` and `onhand serve`")
        .choices([...ROLES, "internal"])
        .makeOptionMandatory(),
    )
    .option("--location <id>", "the one location that a device speaks for, or a store works for")
    .option("--name <text>", "what people call it", "")
    .option("--origin <url...>", "make a storefront key publishable, for browsers on these origins", [])
    .option("--json", "print the key as JSON")
    .action(async (wish: Wish & { json?: boolean }) => {
      const created = await withSystem(deps.connect, (system) => createKey(system, wish));
      process.stdout.write(wish.json === true ? `${JSON.stringify(created)}\n` : describeCreated(created));
    });
  keys
    .command("list")
    .description("list the keys, without their secrets")
    .option("--json", "print the keys as JSON")
    .action(async (options: { json?: boolean }) => {
      const list = await withSystem(deps.connect, listKeys);
      process.stdout.write(
        options.json === true ? `${JSON.stringify({ items: list })}\n` : describeList(list),
      );
    });
  keys
    .command("revoke <keyId>")
    .description("end a key for good")
    .action(async (keyId: string) => {
      const revoked = await withSystem(deps.connect, (system) => revokeKey(system, keyId));
      process.stdout.write(
        `Revoked ${revoked.keyId} (${revoked.role}${revoked.name === "" ? "" : `, ${revoked.name}`}).\n`,
      );
    });
  keys
    .command("mosquitto <directory>")
    .description("write mosquitto.conf, passwords and acl with these keys and their rights")
    .option(
      "--listener <words>",
      "what follows `listener` in mosquitto.conf: a port and an address",
      "1883 127.0.0.1",
    )
    .action(async (directory: string, options: { listener: string }) => {
      const files = await writeFiles(resolve(directory), options.listener);
      process.stdout.write(`${files.map((file) => `Wrote ${file}`).join("\n")}\n`);
    });
}

async function withSystem<T>(connect: Connect, work: (system: SystemConnection) => Promise<T>): Promise<T> {
  const system = await connect();
  try {
    return await work(system);
  } finally {
    await system.close();
  }
}

const wishSchema = z.object({
  role: z.enum([...ROLES, "internal"]),
  name: z.string().max(200),
  locationId: idSchema.nullable(),
  origins: createKeySchema.shape.origins,
});

async function createKey(system: SystemConnection, wish: Wish): Promise<CreatedKey> {
  const parsed = wishSchema.safeParse({
    role: wish.role,
    name: wish.name,
    locationId: wish.location ?? null,
    origins: wish.origin,
  });
  if (!parsed.success) throw new Error(`${z.prettifyError(parsed.error)}\nNo key was made.`);
  const body = parsed.data;
  const problem = problemOf(body, system.mode);
  if (problem !== null) throw new Error(`${problem} No key was made.`);
  if (system.mode === "remote") return createdKeySchema.parse(await ask(system, "POST", "/v1/keys", body));
  const store = createKeyStore({ db: system.db, nowMs: Date.now });
  await store.load();
  const created = await store.create(body);
  // Ingest and server are no callers of the API: nobody has to be told of their own keys.
  if (body.role !== "internal") system.noteChange(["keys"]);
  return created;
}

function problemOf(wish: z.infer<typeof wishSchema>, mode: SystemConnection["mode"]): string | null {
  if (isHeldToLocation(wish.role) && wish.locationId === null) {
    return "A key of a device or a store is for one location: name it with --location.";
  }
  if (!isHeldToLocation(wish.role) && wish.locationId !== null)
    return "Only a key of a device or a store is held to a location.";
  if (wish.role !== "storefront" && wish.origins.length > 0) {
    return "Only a storefront's key can be published to browsers (--origin).";
  }
  if (wish.role === "internal" && mode === "remote") {
    return (
      "The system that runs on this data folder has its own broker and needs no internal key. For a split deployment set " +
      "CLICKHOUSE_URL, so that the key is made in the database that ingest and server share."
    );
  }
  return null;
}

async function listKeys(system: SystemConnection): Promise<ApiKey[]> {
  if (system.mode === "remote") return apiKeysSchema.parse(await ask(system, "GET", "/v1/keys")).items;
  const store = createKeyStore({ db: system.db, nowMs: Date.now });
  await store.load();
  return store.list();
}

async function revokeKey(system: SystemConnection, keyId: string): Promise<ApiKey> {
  if (system.mode === "remote") {
    return apiKeySchema.parse(await ask(system, "DELETE", `/v1/keys/${encodeURIComponent(keyId)}`));
  }
  const store = createKeyStore({ db: system.db, nowMs: Date.now });
  await store.load();
  const revoked = await store.revoke(keyId);
  system.noteChange(["keys"]);
  if (revoked === null)
    throw new Error(`There is no key ${keyId}. \`onhand keys list\` shows which there are.`);
  return revoked;
}

async function ask(
  system: { url: string; token: string },
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(new URL(path, system.url), {
    method,
    headers: { authorization: `Bearer ${system.token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const problem = z.object({ title: z.string(), detail: z.string().optional() }).safeParse(answer);
  throw new Error(
    problem.success
      ? `${problem.data.title}: ${problem.data.detail ?? ""}`
      : `The system answered ${response.status}.`,
  );
}

/** The hashes never leave the database over HTTP, so this reads them where they are. */
async function writeFiles(directory: string, listener: string): Promise<string[]> {
  const config = parseConfig("database", process.env);
  if (isEmbedded(config)) {
    throw new Error(
      "Mosquitto's files are for a deployment on a ClickHouse server: set CLICKHOUSE_URL. The embedded broker needs none.",
    );
  }
  const db = await openConfigured(config);
  try {
    const rows = await db.query({
      name: "keys/mosquitto",
      sql: loadQuery("server/keys"),
      row: z.object({
        key_id: z.string(),
        role: z.enum(KEY_ROLES),
        location_id: z.string(),
        hash: z.string(),
        revoked_at: z.string().nullable(),
      }),
    });
    const keys = rows
      .filter((row) => row.revoked_at === null)
      .map((row) => ({
        keyId: row.key_id,
        role: row.role,
        locationId: row.location_id === "" ? null : row.location_id,
        hash: row.hash,
      }));
    return await writeMosquittoFiles({ keys, root: config.MQTT_ROOT, directory, listener });
  } finally {
    await db.close();
  }
}

function describeCreated(key: CreatedKey): string {
  const lines = [`Made the ${key.role} key ${key.keyId}. Keep what follows; it is not shown again.`, ""];
  if (key.role === "device" || key.role === "internal") {
    lines.push(`  MQTT user name  ${key.keyId}`, `  MQTT password   ${key.secret}`);
  }
  if (key.role === "internal")
    lines.push("", "Write Mosquitto's files anew with `onhand keys mosquitto DIR`.");
  else lines.push(`  Bearer key      ${key.token}`);
  return `${lines.join("\n")}\n`;
}

function describeList(keys: readonly ApiKey[]): string {
  if (keys.length === 0) return "There are no keys yet. `onhand keys create --role …` makes one.\n";
  const rows = keys.map((key) =>
    [
      key.keyId,
      key.role,
      key.locationId ?? "-",
      key.revokedAt === null ? "live" : `revoked ${key.revokedAt}`,
      key.name,
    ].join("\t"),
  );
  return `${["key\trole\tlocation\tstate\tname", ...rows].join("\n")}\n`;
}
