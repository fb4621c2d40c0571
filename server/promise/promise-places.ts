import type { Logger } from "pino";
import { settingsMessageSchema } from "../../domain/api/master-data-answers.ts";
import type { Location } from "../../domain/location.ts";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { OpeningCalendar } from "../../domain/opening-hours/opening-calendar.ts";
import { calendarOf } from "../../domain/opening-hours/pickup-ready.ts";
import { type PromiseSettings, promiseSettingsSchema } from "../../domain/promise/promise-settings.ts";
import { parsePayload } from "../projection/parse-payload.ts";
import type { PromiseStore } from "./promise-store.ts";

const RETRY_MS = 1_000;

export type PromisePlaces = ReturnType<typeof createPromisePlaces>;

/** Locations with their opening hours, and the company's settings, in memory: read at the start and at each change. */
export function createPromisePlaces(deps: {
  store: PromiseStore;
  bus: MessageBus;
  root: string;
  logger: Logger;
}) {
  let settings: PromiseSettings = promiseSettingsSchema.parse({});
  let locations: readonly Location[] = [];
  let byId = new Map<string, Location>();
  let calendars = new Map<string, OpeningCalendar | null>();
  let isLoaded = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | null = null;
  let loading: Promise<void> | null = null;
  let isAskedAgain = false;

  async function read(): Promise<void> {
    const [stored, found] = [await deps.store.settings(), await deps.store.locations()];
    settings = stored.settings;
    locations = found;
    byId = new Map(found.map((location) => [location.locationId, location]));
    calendars = new Map();
    isLoaded = true;
  }

  /** One load at a time; what is asked for meanwhile is one more afterwards. */
  async function load(): Promise<void> {
    if (loading !== null) {
      isAskedAgain = true;
      return loading;
    }
    loading = read()
      .catch((error: unknown) => {
        deps.logger.warn(
          { err: error },
          "locations for promises could not be read; those known before are used",
        );
        if (!isStopped) timer = setTimeout(() => void load(), RETRY_MS);
      })
      .then(async () => {
        loading = null;
        if (!isAskedAgain) return;
        isAskedAgain = false;
        await load();
      });
    return loading;
  }

  return {
    isLoaded: () => isLoaded,
    settings: () => settings,
    /** By id. */
    locations: () => locations,
    find: (locationId: string): Location | null => byId.get(locationId) ?? null,
    calendarOf(location: Location): OpeningCalendar | null {
      const known = calendars.get(location.locationId);
      if (known !== undefined) return known;
      const calendar = calendarOf(location);
      calendars.set(location.locationId, calendar);
      return calendar;
    },
    load,
    async start(): Promise<void> {
      await deps.bus.subscribe(`${deps.root}/settings`, (_topic, payload) => {
        const message = parsePayload(settingsMessageSchema, payload);
        if (message?.changed.some((area) => area === "locations" || area === "promise") === true) void load();
      });
      void load();
    },
    stop(): void {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
