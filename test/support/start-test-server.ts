import { eventually } from "./eventually.ts";
import { pino } from "pino";
import { Registry } from "prom-client";
import { expect } from "vitest";
import { isHeldToLocation, type Role, ROLES } from "../../domain/api/credentials.ts";
import { createServer, type ServerDeps } from "../../server/create-server.ts";
import { createKeyStore } from "../../server/keys/key-store.ts";
import { serverConfigSchema } from "../../server/server-config.ts";
import type { Database } from "../../sql/database.ts";
import { MemoryBus } from "./memory-bus.ts";
import { createTestLedger, type TestLine } from "./test-ledger.ts";

export { openTestDatabase } from "./open-test-database.ts";

export type TestServer = Awaited<ReturnType<typeof startTestServer>>;

/** A whole server on a real engine, with a network in memory and a clock that the test may move. */
export async function startTestServer(options: {
  db: Database;
  bus?: MemoryBus;
  config?: Record<string, unknown>;
  listen?: boolean;
  /** Where the clock begins, and the keys to go on with: after a restart. */
  aheadMs?: number;
  tokens?: Record<Role, string>;
  deps?: Partial<ServerDeps>;
}) {
  const { db } = options;
  const bus = options.bus ?? new MemoryBus();
  const clock = { aheadMs: options.aheadMs ?? 0 };
  const nowMs = () => Date.now() + clock.aheadMs;
  const keys = createKeyStore({ db, nowMs });
  await keys.load();
  const tokens: Record<Role, string> = {
    device: "",
    storefront: "",
    store: "",
    merchandiser: "",
    analyst: "",
    admin: "",
  };
  Object.assign(tokens, options.tokens);
  for (const role of options.tokens === undefined ? ROLES : []) {
    const locationId = isHeldToLocation(role) ? "S01" : null;
    tokens[role] = (await keys.create({ role, name: role, locationId, origins: [] })).token;
  }
  const server = createServer({
    db,
    importDb: db,
    grantsDb: db,
    reportsDb: db,
    bus,
    keys,
    logger: pino({ level: "silent" }),
    metrics: new Registry(),
    nowMs,
    config: serverConfigSchema.parse({ port: 0, reportsMaxAgeSeconds: 0, ...options.config }),
    version: "0.0.0-test",
    staticDirectory: null,
    ownerToken: null,
    ...options.deps,
  });
  const { url } = await server.start({ listen: options.listen === true });
  await eventually(async () => expect((await server.readiness()).status).toBe("ready"));

  const ledger = createTestLedger({ db, bus, nowMs });

  /** A request without a socket. `as` names a role's key; a body is sent as JSON. */
  async function request(
    method: string,
    path: string,
    wish: { as?: Role; token?: string; body?: unknown; headers?: Record<string, string>; peer?: string } = {},
  ): Promise<Response> {
    const token = wish.token ?? (wish.as === undefined ? undefined : tokens[wish.as]);
    const init: RequestInit = {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(wish.body === undefined ? {} : { "content-type": "application/json" }),
        ...wish.headers,
      },
      ...(wish.body === undefined ? {} : { body: JSON.stringify(wish.body) }),
    };
    return await server.app.request(path, init, {
      incoming: { socket: { remoteAddress: wish.peer ?? "10.0.0.9" } },
    });
  }

  return {
    server,
    bus,
    keys,
    tokens,
    clock,
    url,
    ledger,
    /** The server's positions, to compare with. */
    table: () => server.projection.table(),
    /** Movements that reach the server and are stored nowhere, for load. */
    async tellOnly(locationId: string, lines: readonly TestLine[]) {
      await ledger.tell(locationId, ledger.draft(locationId, lines));
    },
    request,
    /** The parsed body of an answer; throws when it has another status. */
    async ask<Answer = Record<string, unknown>>(
      method: string,
      path: string,
      status: number,
      wish: Parameters<typeof request>[2] = {},
    ): Promise<Answer> {
      const response = await request(method, path, wish);
      const text = await response.text();
      if (response.status !== status) {
        throw new Error(`${method} ${path} answered ${response.status}, not ${status}: ${text}`);
      }
      return JSON.parse(text === "" ? "null" : text) as Answer;
    },
    stop: () => server.stop({ deadlineMs: 1000 }),
  };
}
