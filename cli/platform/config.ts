import { z } from "zod";
import { parseShard } from "../../domain/shard.ts";
import { listenSchema } from "./listen-address.ts";

/**
 * Every setting, read once from the environment. Each process takes the part it needs: `parseConfig("ingest", env)`.
 * `.env.example` is made of these descriptions.
 */
const flag = z
  .enum(["true", "false", "1", "0", ""])
  .default("false")
  .transform((text) => text === "true" || text === "1");
const text = z.string().trim();
const optionalText = text.default("");
const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);

const common = {
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug"])
    .default("info")
    .meta({ description: "How much is logged: fatal, error, warn, info or debug" }),
  ONHAND_DATA_DIR: text
    .min(1)
    .default("data")
    .meta({ description: "Folder of the embedded ClickHouse and of the lock file" }),
  CLICKHOUSE_URL: optionalText.meta({
    description:
      "A ClickHouse server, for example https://clickhouse.example:8443. Empty: embedded, in ONHAND_DATA_DIR",
  }),
  CLICKHOUSE_USER: text.default("default").meta({ description: "User of that server" }),
  CLICKHOUSE_PASSWORD: optionalText.meta({ description: "Its password", isSecret: true }),
  CLICKHOUSE_DATABASE: text
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, "a database's name has letters, digits and _")
    .default("onhand")
    .meta({ description: "Database; made when missing" }),
  MQTT_URL: optionalText.meta({
    description: "A broker, for example mqtts://broker.example:8883. Empty: embedded, on MQTT_LISTEN",
  }),
  MQTT_USERNAME: optionalText.meta({ description: "User of that broker" }),
  MQTT_PASSWORD: optionalText.meta({ description: "Its password", isSecret: true }),
  MQTT_PROTOCOL: z
    .enum(["auto", "5", "3.1.1"])
    .default("auto")
    .meta({ description: "MQTT version: auto tries 5 first, then 3.1.1" }),
  MQTT_CA_FILE: optionalText.meta({
    description: "Certificate authority of the broker (PEM file), where it is not a public one",
  }),
  MQTT_CERT_FILE: optionalText.meta({
    description: "Client certificate (PEM file), where the broker asks for one",
  }),
  MQTT_KEY_FILE: optionalText.meta({ description: "Key of the client certificate (PEM file)" }),
  MQTT_ROOT: text
    .regex(/^[A-Za-z0-9._-]{1,64}$/, "one level of letters, digits, . _ -")
    .default("onhand")
    .meta({ description: "First level of all topics" }),
  INSECURE_LAN: flag.meta({
    description: "true: listen beyond loopback without TLS. Keys can then be read by anybody on the way",
  }),
};

const ingestOnly = {
  INGEST_HTTP_LISTEN: listenSchema("127.0.0.1:8081").meta({
    description: "Where `onhand ingest` answers /livez, /readyz and /metrics",
  }),
  INGEST_MAX_IN_FLIGHT: count(8192, 65_535).meta({
    description: "Messages taken in and not yet durable; beyond that the broker waits",
  }),
  INGEST_MIN_FREE_DISK_PERCENT: z.coerce
    .number()
    .min(0)
    .max(50)
    .default(10)
    .meta({ description: "Intake pauses when less of the data folder's disk is free" }),
  INGEST_LEASE_SECONDS: z.coerce.number().int().min(2).max(600).default(20).meta({
    description:
      "On a ClickHouse server: an ingest that is silent for so long is taken for dead, and a standby takes over",
  }),
  INGEST_SHARD: optionalText
    .refine((value) => parseShard(value).ok, "write a share as in 1/4, or a list as in store-1,store-2")
    .meta({
      description:
        "Several ingests share the locations: 1/4 to 4/4, one value for each, or lists as in store-1,store-2. Empty: all",
    }),
  INGEST_READS_TTL_DAYS: count(30, 3650).meta({
    description:
      "Days for which raw reads are kept, for replays and calibration; the ledger is kept for ever",
  }),
  TRACKING_MIN_READS: count(2, 100).meta({ description: "Reads that a new item needs outside a dock" }),
  TRACKING_MIN_WINDOWS: count(2, 100).meta({ description: "… spread over so many dedupe windows" }),
  TRACKING_DEDUPE_WINDOW_MS: count(2000, 600_000).meta({
    description: "Repeats of a tag at one place within this time are one",
  }),
  TRACKING_REQUIRE_KNOWN_PRODUCT: z
    .enum(["true", "false"])
    .default("true")
    .transform((value) => value === "true")
    .meta({ description: "Tags of products that are not in the product list stay out of stock" }),
};

const brokerOnly = {
  MQTT_LISTEN: listenSchema("127.0.0.1:1883").meta({ description: "Where the embedded broker listens" }),
  MQTT_LISTEN_CERT_FILE: optionalText.meta({
    description: "Certificate of the embedded broker (PEM file); with it the broker speaks TLS",
  }),
  MQTT_LISTEN_KEY_FILE: optionalText.meta({ description: "Its key (PEM file)" }),
};

const serverOnly = {
  HTTP_LISTEN: listenSchema("127.0.0.1:8080").meta({
    description: "Where the server (API, dashboard) listens",
  }),
  HTTP_CERT_FILE: optionalText.meta({
    description: "Certificate of the server (PEM file); with it the server speaks TLS",
  }),
  HTTP_KEY_FILE: optionalText.meta({ description: "Its key (PEM file)" }),
  HTTP_HOSTS: text
    .default("")
    .transform((value) =>
      value
        .split(",")
        .map((host) => host.trim())
        .filter((host) => host !== ""),
    )
    .meta({
      description:
        "Host names that requests may name beside loopback, separated by commas; needed behind a proxy",
    }),
  INCOMING_GRACE_HOURS: z.coerce.number().int().min(0).max(720).default(24).meta({
    description: "What is expected and late still counts for so long, then no more",
  }),
  TRANSFER_TRANSIT_HOURS: count(48, 720).meta({
    description: "A transfer is expected to come so long after it was shipped",
  }),
  RECONCILE_EVERY_SECONDS: z.coerce.number().int().min(0).max(86_400).default(10).meta({
    description: "Time between two checks that memory equals the ledger, one location each; 0 = never",
  }),
  LIFETIME_VALUE_HOUR: z.coerce.number().int().min(-1).max(23).default(3).meta({
    description:
      "Predicted lifetime values are made anew each day after this hour, by the stores' clocks; -1 = only when asked",
  }),
  REPORTS_MAX_AGE_SECONDS: z.coerce.number().int().min(0).max(86_400).default(15).meta({
    description:
      "Reports read a copy of the sales that may be so old; on millions of lines it is made more seldom (docs/reports.md)",
  }),
  WEBHOOKS_KEY: optionalText.meta({
    description:
      "Encrypts the signing secrets of webhooks and of connected shops where they are stored. Empty: stored as they are",
    isSecret: true,
  }),
  CUSTOMERS_KEY: optionalText.meta({
    description: "Encrypts contact facts of customers where they are stored. Empty: none are kept",
    isSecret: true,
  }),
  SQL_MAX_QUERIES: count(1, 64).meta({
    description: "Queries of analysts that run at once; each takes one core. Others wait",
  }),
  SQL_MAX_SECONDS: count(60, 3600).meta({ description: "Time limit of an analyst's query" }),
  SQL_MAX_MEMORY_MB: count(1000, 1_000_000).meta({
    description: "Memory of an analyst's query; large groupings and sorts go to disk from half of it",
  }),
  SQL_MAX_ROWS: count(20_000_000, 10_000_000_000).meta({ description: "Rows of an analyst's answer" }),
  SQL_MAX_RESULT_MB: count(2000, 1_000_000).meta({
    description: "Bytes of an analyst's answer; it lies on disk in the data folder until it is read",
  }),
  CLICKHOUSE_ANALYST_USER: optionalText.meta({
    description:
      "On a ClickHouse server: the user that asks for analysts, as `onhand migrate --analyst-user` makes it. Empty: CLICKHOUSE_USER",
  }),
  CLICKHOUSE_ANALYST_PASSWORD: optionalText.meta({ description: "Its password", isSecret: true }),
  WEBHOOKS_ALLOW_PRIVATE: flag.meta({
    description: "true: webhooks may also go to private and local addresses, and by http",
  }),
};

const schemas = {
  ingest: z.object({ ...common, ...ingestOnly }),
  serve: z.object({ ...common, ...serverOnly }),
  start: z.object({ ...common, ...ingestOnly, ...brokerOnly, ...serverOnly }),
  database: z.object(common),
} as const;

export type Role = keyof typeof schemas;
export type Config<R extends Role> = z.infer<(typeof schemas)[R]>;
export type CommonConfig = Config<"database">;

/** The environment does not fit the schema. `message` names each variable and what it must be. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** @throws ConfigError */
export function parseConfig<R extends Role>(role: R, env: Record<string, string | undefined>): Config<R> {
  const parsed = schemas[role].safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new ConfigError(`The environment does not fit:\n${problems.join("\n")}`);
  }
  return parsed.data as Config<R>;
}

/** The settings of a role as they may be logged: secrets are shown only as set or not set. */
export function printableConfig(role: Role, config: Record<string, unknown>): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schemas[role].shape)) {
    const value = config[name];
    const isSecret = field.meta()?.["isSecret"] === true;
    shown[name] = isSecret ? (value === "" ? "not set" : "set") : withoutPassword(value);
  }
  return shown;
}

/** URLs may carry a password; it is not shown. */
function withoutPassword(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\/\/([^/@:]*):[^/@]*@/, "//$1:…@") : value;
}

/** The text of `.env.example`: every setting with its description and default. */
export function envExample(): string {
  const lines = [
    "# Settings of Onhand, with their defaults. Copy to .env and change what differs; a setting that is absent has its default.",
    "# Made by `npm run env-example` from cli/platform/config.ts.",
  ];
  for (const [name, field] of Object.entries(schemas.start.shape)) {
    const fallback = schemas.start.shape[name as keyof typeof schemas.start.shape].safeParse(undefined);
    const value = fallback.success ? toEnv(fallback.data) : "";
    lines.push("", `# ${field.meta()?.["description"] ?? ""}`, `# ${name}=${value}`);
  }
  return `${lines.join("\n")}\n`;
}

function toEnv(value: unknown): string {
  if (value !== null && typeof value === "object" && "host" in value && "port" in value) {
    return `${String(value.host)}:${String(value.port)}`;
  }
  return Array.isArray(value) ? value.join(",") : String(value);
}
