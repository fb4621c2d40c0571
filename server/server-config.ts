import { z } from "zod";

const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);

/** True for the names and addresses of this machine alone. */
export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * All that the server can be told, with defaults. The composition root parses it once from the environment. Durations
 * carry their unit in the name.
 */
export const serverConfigSchema = z
  .object({
    /** Address to listen on. Beyond loopback it needs `tls` or `insecureLan`. */
    host: z.string().min(1).default("127.0.0.1"),
    /** 0 takes a free port. */
    port: z.coerce.number().int().min(0).max(65_535).default(8080),
    tls: z
      .object({ certFile: z.string().min(1), keyFile: z.string().min(1) })
      .nullable()
      .default(null),
    /** Listen beyond loopback without TLS: keys and cookies can be read by anybody on the way. */
    insecureLan: z.boolean().default(false),
    /** Host names, beside loopback, that requests may name; needed behind a proxy. */
    hosts: z.array(z.string()).default([]),
    /** First level of the MQTT topics. */
    topicRoot: z.string().min(1).default("onhand"),
    sessionHours: count(12, 24 * 30),
    loginCodeMinutes: count(60, 24 * 60),
    maxBodyBytes: count(4 * 1024 * 1024, 256 * 1024 * 1024),
    requestTimeoutSeconds: count(30, 600),
    /** Between two checks of a location against the ledger; 0 = never. */
    reconcileEverySeconds: z.coerce.number().int().min(0).max(86_400).default(0),
    /** Lifetime values are predicted anew after this hour of the locations' time zone; -1 = never by itself. */
    lifetimeValueHour: z.coerce.number().int().min(-1).max(23).default(-1),
    /** Reports may read a copy of the sales that is so old; more on millions of lines, see docs/reports.md. */
    reportsMaxAgeSeconds: z.coerce.number().int().min(0).max(86_400).default(15),
    receiptTimeoutMs: count(10_000, 120_000),
    /** Products × locations of one question. */
    maxItemsPerQuery: count(500_000, 1_000_000),
    /** What is expected counts for so long after its instant, then no more. */
    incomingGraceHours: z.coerce.number().int().min(0).max(720).default(24),
    /** A transfer is thought to be on its way for so long. */
    transferTransitHours: count(48, 720),
    /** Requests of a publishable key, from one address. */
    publishableRequestsPerSecond: count(20, 100_000),
    publishableBurst: count(40, 100_000),
    /** Quantities shown to a publishable key are cut here, so that nobody reads a competitor's whole stock. */
    publishableQuantityCap: count(10, 1_000_000),
    /** A confirmed reservation without a `holdUntil` of its own is kept so long. */
    confirmedHoldHours: count(72, 90 * 24),
    /** Who waits longer for a reservation to become durable is told that its outcome is unknown. */
    grantTimeoutMs: count(10_000, 120_000),
    /** On a ClickHouse server: the lease to grant that was not renewed for so long is free. */
    grantLeaseSeconds: count(10, 600),
    stream: z
      .object({
        /** Changes within it become one frame. */
        tickMs: count(50, 10_000),
        pingSeconds: count(5, 300),
        /** A socket that answers no ping for so long is given up; long, because a slow reader answers late. */
        silentSeconds: count(60, 3_600),
        maxSockets: count(10_000, 1_000_000),
        maxSubscriptionsPerSocket: count(20, 1_000),
        /** A reader with more than this unsent gets no changes until it has caught up, then a new snapshot. */
        maxBufferedBytes: count(1024 * 1024, 1024 * 1024 * 1024),
        itemsPerFrame: count(500, 10_000),
        authenticateWithinSeconds: count(10, 120),
      })
      .prefault({}),
    /** Queries of analysts that run at once. */
    sqlMaxQueries: count(1, 64),
    /** Encrypts contact facts of customers at rest; empty: none are kept. */
    customersKey: z.string().default(""),
    webhooks: z
      .object({
        /** Lets webhooks reach addresses that are not of the public internet, and by http. */
        allowPrivate: z.boolean().default(false),
        /** Encrypts their secrets at rest; empty: stored as they are. */
        encryptionKey: z.string().default(""),
        tickMs: count(250, 60_000),
        timeoutSeconds: count(10, 60),
        firstRetryMs: count(5_000, 3_600_000),
        giveUpAfterHours: count(24, 24 * 7),
        /** Without one success for so long, a webhook is disabled. */
        disableAfterHours: count(72, 24 * 30),
      })
      .prefault({}),
  })
  .superRefine((config, context) => {
    if (isLoopbackHost(config.host) || config.tls !== null || config.insecureLan) return;
    context.addIssue({
      code: "custom",
      path: ["host"],
      message:
        `listening on ${config.host} would send keys and cookies unencrypted over the network. ` +
        "Give a certificate (HTTP_CERT_FILE, HTTP_KEY_FILE), put a TLS proxy in front and listen on 127.0.0.1, " +
        "or accept the risk on a network of your own with INSECURE_LAN=true.",
    });
  });
export type ServerConfig = z.infer<typeof serverConfigSchema>;
