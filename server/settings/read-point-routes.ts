import { z } from "zod";
import {
  type ReadPoint,
  readPointSchema,
  readPointsAnswerSchema,
  setReadPointSchema,
} from "../../domain/api/tracking-settings-answers.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import type { NoteChange } from "../master-data/change.ts";
import type { LocationStore } from "../master-data/location-store.ts";
import { HttpProblem } from "../problems.ts";
import { changedSettings } from "./changed-settings.ts";
import { readPointsOf, type TrackingSettingsStore } from "./tracking-settings-store.ts";

const TAG = "Settings";
const readerParams = z.object({ locationId: idSchema, readerId: idSchema });
const antennaParams = readerParams.extend({ antenna: z.coerce.number().int().min(0).max(65_535) });
type ReadPointId = { locationId: string; readerId: string; antenna: number | null };

/** How each read point (a reader, or one antenna of it) tells near tags from stray ones. */
export function createReadPointRoutes(deps: {
  store: TrackingSettingsStore;
  locations: LocationStore;
  noteChange: NoteChange;
}): Route[] {
  const { store } = deps;
  const nameOf = ({ locationId, readerId, antenna }: ReadPointId) =>
    `${locationId}/${readerId}${antenna === null ? "" : `/${antenna}`}`;

  async function list(): Promise<ReadPoint[]> {
    const points = readPointsOf(await store.load());
    return points.map(({ point, lastChange }) => Object.assign(point, { lastChange }));
  }

  async function find(id: ReadPointId): Promise<ReadPoint | null> {
    return (await list()).find((point) => nameOf(point) === nameOf(id)) ?? null;
  }

  async function get(id: ReadPointId): Promise<{ body: ReadPoint }> {
    const point = await find(id);
    if (point !== null) return { body: point };
    throw new HttpProblem("read_point_not_found", `Nothing is set for the read point ${nameOf(id)}.`);
  }

  async function put(caller: Caller, id: ReadPointId, body: z.output<typeof setReadPointSchema>) {
    if ((await deps.locations.find(id.locationId)) === null) {
      throw new HttpProblem("location_not_found", `There is no location ${id.locationId}.`);
    }
    const { note, ...rule } = body;
    const before = await find(id);
    if (before !== null) {
      const { minReads, windowMs, minRssiDbm } = before;
      if (changedSettings({ minReads, windowMs, minRssiDbm }, rule).length === 0) return { body: before };
    }
    const lastChange = await write(caller, id, rule, note);
    return { body: { ...id, ...rule, lastChange } };
  }

  async function remove(caller: Caller, id: ReadPointId) {
    const { body } = await get(id);
    await write(caller, id, null, "");
    return { body };
  }

  async function write(caller: Caller, id: ReadPointId, rule: Record<string, unknown> | null, note: string) {
    const place = { ...id, antenna: id.antenna ?? -1 };
    const lastChange = await store.save(place, rule, { changedBy: caller.keyId, note });
    await deps.noteChange(caller, {
      area: "tracking",
      action: rule === null ? "read_point.reset" : "read_point.set",
      subject: nameOf(id),
      detail: { rule, note },
    });
    return lastChange;
  }

  const common = { tag: TAG, answer: { schema: readPointSchema, description: "The read point" } } as const;
  const readers = ["merchandiser", "admin"] as const;
  const whole = (params: z.output<typeof readerParams>): ReadPointId => ({ ...params, antenna: null });
  const onReader = {
    ...common,
    path: "/v1/settings/read-points/:locationId/:readerId",
    params: readerParams,
  };
  const onAntenna = {
    ...common,
    path: "/v1/settings/read-points/:locationId/:readerId/:antenna",
    params: antennaParams,
  };
  return [
    defineRoute({
      method: "GET",
      path: "/v1/settings/read-points",
      tag: TAG,
      summary: "All read points that tell near tags from stray ones by a rule of their own",
      roles: readers,
      answer: { schema: readPointsAnswerSchema, description: "Ordered by location, reader and antenna" },
      handle: async () => ({ body: { items: await list() } }),
    }),
    defineRoute({
      ...onReader,
      method: "GET",
      summary: "The rule of a reader: near or stray",
      roles: readers,
      problems: ["read_point_not_found"],
      handle: ({ params }) => get(whole(params)),
    }),
    defineRoute({
      ...onReader,
      method: "PUT",
      summary: "Set the rule of a reader, for its antennas without a rule of their own",
      description: "Found by a walk test: `onhand calibrate`. A stray read is kept and moves nothing.",
      roles: ["admin"],
      body: setReadPointSchema,
      problems: ["location_not_found"],
      handle: ({ params, body, caller }) => put(caller, whole(params), body),
    }),
    defineRoute({
      ...onReader,
      method: "DELETE",
      summary:
        "Take the rule of a reader back: all its reads are near, but at antennas with a rule of their own",
      roles: ["admin"],
      problems: ["read_point_not_found"],
      handle: ({ params, caller }) => remove(caller, whole(params)),
    }),
    defineRoute({
      ...onAntenna,
      method: "GET",
      summary: "The rule of one antenna: near or stray",
      roles: readers,
      problems: ["read_point_not_found"],
      handle: ({ params }) => get(params),
    }),
    defineRoute({
      ...onAntenna,
      method: "PUT",
      summary: "Set the rule of one antenna",
      roles: ["admin"],
      body: setReadPointSchema,
      problems: ["location_not_found"],
      handle: ({ params, body, caller }) => put(caller, params, body),
    }),
    defineRoute({
      ...onAntenna,
      method: "DELETE",
      summary: "Take the rule of one antenna back: its reader's holds",
      roles: ["admin"],
      problems: ["read_point_not_found"],
      handle: ({ params, caller }) => remove(caller, params),
    }),
  ];
}
