import { z } from "zod";
import type { Logger } from "pino";
import { type Miss, missSchema } from "../../domain/misses/miss.ts";
import { type Return, returnSchema } from "../../domain/returns/return.ts";
import type { WebhookEventType } from "../../domain/webhooks/webhook-event-types.ts";
import type { Database } from "../../sql/database.ts";
import { instantParameter } from "../../sql/instant-parameter.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { TellWebhooks } from "../webhooks/tell-webhooks.ts";

/** What another run may have written and not told, is told again under the same ids. */
const TOLD_AGAIN_MS = 300_000;

const RETURN_TYPES: Readonly<Record<string, WebhookEventType>> = {
  received: "return.received",
  inspected: "return.inspected",
  refused: "return.refused",
};
const MISS_TYPES: Readonly<Record<string, WebhookEventType>> = {
  missed: "miss.recorded",
  saved: "miss.saved",
};
const changeRow = z.object({ kind: z.string(), document: z.string() });

/** Tells webhooks of changes of returns and misses. Nobody waits for it; what fails is told after the next start. */
export function createTellChanges(deps: {
  db: Database;
  tellWebhooks: TellWebhooks;
  logger: Logger;
  nowMs(): number;
}) {
  const { db } = deps;

  function tell(events: Parameters<TellWebhooks>[0]): void {
    void deps.tellWebhooks(events).catch((error: unknown) => {
      deps.logger.warn({ err: error }, "webhooks are told of a return or a miss after the next start");
    });
  }

  function ofReturn(kind: string, one: Return): void {
    const type = RETURN_TYPES[kind];
    if (type === undefined) return;
    const { returnId, version, changedAt, locationId, channel, lines } = one;
    const gtins = lines.map(({ gtin }) => gtin);
    const eventId = `return ${returnId} ${version}`;
    tell([{ eventId, type, at: changedAt, data: { return: one }, gtins, locationId, channel }]);
  }

  function ofMiss(kind: string, miss: Miss): void {
    const type = MISS_TYPES[kind];
    if (type === undefined) return;
    const { missId, version, changedAt, locationId, channel, gtin } = miss;
    const eventId = `miss ${missId} ${version}`;
    tell([{ eventId, type, at: changedAt, data: { miss }, gtins: [gtin], locationId, channel }]);
  }

  async function recent(area: "returns" | "misses") {
    const since = instantParameter(deps.nowMs() - TOLD_AGAIN_MS);
    const name = `${area}/recent-changes`;
    return await db.query({ name, sql: loadQuery(name), params: { since }, row: changeRow });
  }

  return {
    ofReturn,
    ofMiss,
    async lastOnes(): Promise<void> {
      for (const { kind, document } of await recent("returns")) {
        ofReturn(kind, returnSchema.parse(JSON.parse(document)));
      }
      for (const { kind, document } of await recent("misses")) {
        ofMiss(kind, missSchema.parse(JSON.parse(document)));
      }
    },
  };
}
