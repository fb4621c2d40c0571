import { z } from "zod";
import { createKeyStore } from "../../../server/keys/key-store.ts";
import type { Database } from "../../../sql/database.ts";
import { type Child, startChild } from "./child.ts";

/** A key, of a storefront unless said otherwise, made in the data folder before the server runs. @returns the bearer token */
export async function createStorefrontKey(
  db: Database,
  role: "storefront" | "analyst" | "merchandiser" = "storefront",
): Promise<string> {
  const keys = createKeyStore({ db, nowMs: Date.now });
  await keys.load();
  const key = await keys.create({ role, name: "bench", locationId: null, origins: [] });
  return key.token;
}

export type ServeSubject = { child: Child; port: number; readyMs: number };

/** The server role in a process of its own, on an embedded data folder and a broker; with the pages of `staticDirectory`. */
export async function startServe(
  dataDirectory: string,
  mqttUrl: string,
  { staticDirectory }: { staticDirectory?: string } = {},
): Promise<ServeSubject> {
  const child = await startChild("serve-subject", {
    env: {
      MQTT_URL: mqttUrl,
      MQTT_ROOT: "subject",
      ONHAND_DATA_DIR: dataDirectory,
      HTTP_LISTEN: "127.0.0.1:0",
      LOG_LEVEL: "warn",
      ...(staticDirectory === undefined ? {} : { BENCH_STATIC_DIRECTORY: staticDirectory }),
    },
  });
  const { port, readyMs } = await child.request(
    "ready",
    null,
    z.object({ port: z.number(), readyMs: z.number() }),
  );
  return { child, port, readyMs };
}
