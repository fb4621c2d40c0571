import type { Logger } from "pino";
import { gtinFromNumber } from "../domain/gtin.ts";
import type { MessageBus } from "../domain/message-bus.ts";
import type { Database } from "../sql/database.ts";
import { publish } from "./pipeline/announce.ts";
import type { ReaderActivity } from "./reader-activity.ts";
import type { Sightings } from "./sightings.ts";

export type HeartbeatDeps = {
  root: string;
  bus: MessageBus;
  db: Database;
  logger: Logger;
  activity: ReaderActivity;
  sightings: Sightings;
  /** The last committed sequence of each location. */
  sequences: ReadonlyMap<string, number>;
  nowMs(): number;
};

const newsEveryMs = 2_000;
/** Sightings move no stock; they need not be told as often. */
const sightingsEveryMs = 5_000;
const sequencesEveryMs = 5_000;
/** Sightings of one message, so that no message grows with the assortment. */
const sightingsPerMessage = 2_000;

/**
 * What ingest tells at intervals: readers' health every 2 s and sightings every 5 s where they changed, each location's last
 * sequence (retained) every 5 s, so that a follower notices the last movement missing.
 */
export function createHeartbeat(deps: HeartbeatDeps) {
  const { root, activity, sightings, sequences, nowMs } = deps;
  const timers: NodeJS.Timeout[] = [];

  const tellNews = () => {
    const at = new Date(nowMs()).toISOString();
    for (const [locationId, readers] of activity.tick(newsEveryMs)) {
      publish(deps, `${root}/${locationId}/readers`, { locationId, at, readers });
    }
  };

  const tellSightings = () => {
    const at = new Date(nowMs()).toISOString();
    for (const [locationId, products] of sightings.takeNews()) {
      const seen = [...products].map(([gtin, seenAtMs]) => ({
        gtin: gtinFromNumber(gtin),
        lastSeenAt: new Date(seenAtMs).toISOString(),
      }));
      for (let start = 0; start < seen.length; start += sightingsPerMessage) {
        publish(deps, `${root}/${locationId}/sightings`, {
          locationId,
          at,
          seen: seen.slice(start, start + sightingsPerMessage),
        });
      }
    }
  };

  const tellSequences = () => {
    const at = new Date(nowMs()).toISOString();
    for (const [locationId, sequence] of sequences) {
      publish(deps, `${root}/${locationId}/sequence`, { locationId, sequence, at }, { retain: true });
    }
  };

  const write = async () => {
    try {
      await activity.flush(deps.db);
      await sightings.flush(deps.db);
    } catch (error) {
      deps.logger.warn({ error }, "Readers' activity was not written; it is tried again with the next.");
    }
  };

  return {
    start() {
      tellSequences();
      timers.push(setInterval(tellNews, newsEveryMs));
      timers.push(setInterval(tellSightings, sightingsEveryMs));
      timers.push(
        setInterval(() => {
          tellSequences();
          void write();
        }, sequencesEveryMs),
      );
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      tellNews();
      tellSightings();
      await write();
    },
  };
}
