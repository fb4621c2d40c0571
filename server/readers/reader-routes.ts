import { z } from "zod";
import {
  type ReaderWithHealth,
  readerNoticesPageSchema,
  readersPageSchema,
  readerWithHealthSchema,
} from "../../domain/api/master-data-answers.ts";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { READER_NOTICE_KINDS, type Reader, readerNoticeSchema, readerSchema } from "../../domain/reader.ts";
import { decodeCursor, encodeCursor, toPage } from "../http/cursor.ts";
import { patchSchema } from "../http/patch-schema.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import type { NoteChange } from "../master-data/change.ts";
import type { LocationStore } from "../master-data/location-store.ts";
import { HttpProblem } from "../problems.ts";
import { listReaders } from "./list-readers.ts";
import type { ReaderHealthFollower } from "./reader-health-follower.ts";
import type { ReaderStore } from "./reader-store.ts";

const TAG = "Readers";
/** Later than any row. */
const END_OF_TIME_MS = 9_999_999_999_999;
const paramsSchema = z.object({ locationId: idSchema, readerId: idSchema });
const bodySchema = readerSchema.partial({ locationId: true, readerId: true });

export function createReaderRoutes(deps: {
  store: ReaderStore;
  health: ReaderHealthFollower;
  locations: LocationStore;
  noteChange: NoteChange;
  nowMs(): number;
}): Route[] {
  const find = async (params: { locationId: string; readerId: string }): Promise<ReaderWithHealth> => {
    const found = (await listReaders(deps)).find(
      (reader) => reader.locationId === params.locationId && reader.readerId === params.readerId,
    );
    if (found !== undefined) return found;
    throw new HttpProblem(
      "reader_not_found",
      `There is no reader ${params.readerId} at ${params.locationId}.`,
    );
  };

  const assign = async (caller: Caller, reader: Reader) => {
    await assertZonesExist(deps.locations, reader);
    await deps.store.save(reader);
    await deps.noteChange(caller, {
      area: "readers",
      action: "reader.assign",
      subject: `${reader.locationId}/${reader.readerId}`,
      detail: reader,
    });
    return { body: reader };
  };

  return [
    defineRoute({
      method: "GET",
      path: "/v1/readers",
      tag: TAG,
      summary: "List readers with their health; those heard but not assigned come first",
      roles: ["merchandiser", "admin"],
      query: pageQuerySchema,
      answer: { schema: readersPageSchema, description: "A page" },
      problems: ["invalid_cursor"],
      handle: async ({ query }) => ({ body: pageOf(await listReaders(deps), query) }),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/readers/:locationId/:readerId",
      tag: TAG,
      summary: "One reader with its health",
      roles: ["merchandiser", "admin"],
      params: paramsSchema,
      answer: { schema: readerWithHealthSchema, description: "The reader" },
      problems: ["reader_not_found"],
      handle: async ({ params }) => ({ body: await find(params) }),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/readers/:locationId/:readerId/notices",
      tag: TAG,
      summary:
        "What people should know of a reader, newest first: losses, errors, antennas, presence, its clock",
      roles: ["merchandiser", "admin"],
      params: paramsSchema,
      query: pageQuerySchema.omit({ query: true }).extend({ kind: z.enum(READER_NOTICE_KINDS).optional() }),
      answer: { schema: readerNoticesPageSchema, description: "A page; notices are kept 90 days" },
      problems: ["invalid_cursor"],
      async handle({ params, query }) {
        const [atMs = END_OF_TIME_MS, kind = "", hash = ""] =
          decodeCursor(query.cursor, ["number", "string", "string"]) ?? [];
        const before = { atMs: Number(atMs), kind: String(kind), detailHash: String(hash) };
        const page = { before, kind: query.kind ?? "", limit: query.limit };
        const rows = await deps.store.loadNotices(params, page);
        const { items, nextCursor } = toPage(rows, query.limit, (row) => [
          Date.parse(row.at),
          row.kind,
          row.detail_hash,
        ]);
        return { body: { items: items.map((row) => readerNoticeSchema.parse(row)), nextCursor } };
      },
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/readers/:locationId/:readerId",
      tag: TAG,
      summary: "Assign a reader: which zones its antennas look at. Its waiting reads are then placed",
      roles: ["merchandiser", "admin"],
      params: paramsSchema,
      body: bodySchema,
      answer: { schema: readerSchema, description: "The reader as stored" },
      problems: ["location_not_found", "unknown_zone"],
      handle: ({ params, body, caller }) => assign(caller, { ...body, ...params }),
    }),
    defineRoute({
      method: "PATCH",
      path: "/v1/readers/:locationId/:readerId",
      tag: TAG,
      summary: "Change some of a reader's fields; `antennas` is replaced whole",
      roles: ["merchandiser", "admin"],
      params: paramsSchema,
      body: patchSchema(bodySchema),
      answer: { schema: readerSchema, description: "The reader as stored" },
      problems: ["reader_not_found", "location_not_found", "unknown_zone"],
      handle: async ({ params, body, caller }) =>
        await assign(caller, readerSchema.parse({ ...(await find(params)), ...body, ...params })),
    }),
  ];
}

/** A list of hundreds, merged in memory; the cursor is the place in its order. */
function pageOf(readers: ReaderWithHealth[], query: z.infer<typeof pageQuerySchema>) {
  const words = (query.query ?? "").toLowerCase();
  const matching = readers.filter((reader) =>
    `${reader.locationId}/${reader.readerId} ${reader.name}`.toLowerCase().includes(words),
  );
  const [start = 0] = decodeCursor(query.cursor, ["number"]) ?? [];
  const end = Number(start) + query.limit;
  return {
    items: matching.slice(Number(start), end),
    nextCursor: end < matching.length ? encodeCursor([end]) : null,
  };
}

async function assertZonesExist(locations: LocationStore, reader: Reader): Promise<void> {
  const location = await locations.find(reader.locationId);
  if (location === null) {
    throw new HttpProblem("location_not_found", `There is no location ${reader.locationId}.`);
  }
  const known = new Set(location.zones.map((zone) => zone.zoneId));
  const zones = [...new Set([reader.defaultZoneId, ...Object.values(reader.antennas)])].filter(
    (zone) => zone !== null && !known.has(zone),
  );
  if (zones.length === 0) return;
  throw new HttpProblem("unknown_zone", `${reader.locationId} has no zone ${zones.join(", ")}.`, { zones });
}
