import type { Logger } from "pino";
import { settingsMessageSchema } from "../../domain/api/master-data-answers.ts";
import type { Location } from "../../domain/location.ts";
import type { MessageBus } from "../../domain/message-bus.ts";
import { isCollected } from "../../domain/promise/promise-source.ts";
import type { PromiseMethod } from "../../domain/promise/promise-settings.ts";
import {
  type MeasuredOrder,
  paceOf,
  type StorePace,
  type WorkTime,
  workTime,
} from "../../domain/promise/work-time.ts";
import { parsePayload } from "../projection/parse-payload.ts";
import type { PromisePlaces } from "./promise-places.ts";
import type { PromiseStore, ReadyTime } from "./promise-store.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const REFRESH_MS = 10 * MINUTE_MS;
/** Of a location that nobody described. */
const UNKNOWN: StorePace = { readyMinutes: null, minutesPerOrder: null, orders: 0 };

export type WorkOf = (location: Location, method: PromiseMethod) => WorkTime;

/** How long each location needs for an order: its lead time, its recent orders (read every ten minutes), and what is ahead. */
export function createStorePaces(deps: {
  store: PromiseStore;
  places: PromisePlaces;
  /** Orders at a location that do not lie ready yet. */
  ordersAhead(locationId: string): number;
  bus: MessageBus;
  root: string;
  logger: Logger;
  nowMs(): number;
}) {
  const { places, logger } = deps;
  let paces = new Map<string, StorePace>();
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> | null = null;

  function measured(row: ReadyTime): MeasuredOrder {
    const location = places.find(row.locationId);
    const calendar = location === null ? null : places.calendarOf(location);
    const between = (fromMs: number, toMs: number) =>
      toMs <= fromMs ? 0 : (calendar?.openMinutesBetween(fromMs, toMs) ?? (toMs - fromMs) / MINUTE_MS);
    return {
      readyMinutes: between(row.sentMs, row.readyMs),
      workMinutes: row.begunMs === null ? null : between(row.begunMs, row.readyMs),
    };
  }

  async function read(): Promise<void> {
    const settings = places.settings().readyBy;
    const rows = await deps.store.readyTimes(deps.nowMs() - settings.days * DAY_MS);
    const byLocation = new Map<string, MeasuredOrder[]>();
    for (const row of rows) {
      const orders = byLocation.get(row.locationId);
      if (orders === undefined) byLocation.set(row.locationId, [measured(row)]);
      else orders.push(measured(row));
    }
    paces = new Map([...byLocation].map(([locationId, orders]) => [locationId, paceOf(orders, settings)]));
  }

  /** One at a time; one that fails leaves what was known before. */
  async function refresh(): Promise<void> {
    reading ??= places
      .load()
      .then(read)
      .catch((error: unknown) => {
        logger.warn({ err: error }, "how long orders took could not be read; what was known before is used");
      })
      .finally(() => {
        reading = null;
      });
    await reading;
  }

  const workOf: WorkOf = (location, method) => {
    const { readyBy, packMinutes } = places.settings();
    const { locationId, pickup } = location;
    return workTime({
      configuredMinutes: isCollected(method) ? pickup.leadMinutes : packMinutes,
      pace: paces.get(locationId) ?? UNKNOWN,
      isCollected: isCollected(method),
      ordersAhead: deps.ordersAhead(locationId),
      settings: readyBy,
    });
  };

  return {
    workOf,
    async start(): Promise<void> {
      await deps.bus.subscribe(`${deps.root}/settings`, (_topic, payload) => {
        const message = parsePayload(settingsMessageSchema, payload);
        if (message?.changed.includes("promise") === true) void refresh();
      });
      timer = setInterval(() => void refresh(), REFRESH_MS);
      void refresh();
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await reading;
    },
  };
}
