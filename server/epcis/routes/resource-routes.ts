import { z } from "zod";
import { decodeEpc } from "../../../domain/epc/decode-epc.ts";
import { parseEpcHex } from "../../../domain/epc/hex.ts";
import { canonicalId } from "../../../domain/epcis/canonical-link.ts";
import { OWN_WORDS } from "../../../domain/epcis/own-events/own-events.ts";
import { uriOfPlace } from "../../../domain/epcis/places.ts";
import type { Database } from "../../../sql/database.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import { decodeCursor, encodeCursor } from "../../http/cursor.ts";
import type { Route } from "../../http/route.ts";
import { HttpProblem } from "../../problems.ts";
import type { AllLocations } from "../all-locations.ts";
import type { AnswerQuery } from "../search/answer-query.ts";
import { defineEpcisRoute, EPCIS_CONTEXT, EPCIS_ROOT, nextLink } from "./epcis-route.ts";
import { answerEvents, eventQuerySchema, formatOf, valuesOf } from "./event-routes.ts";

/** The members of events that have an address of their own, and the parameter that asks for them. */
const RESOURCES = [
  { name: "eventTypes", parameter: "eventType" },
  { name: "epcs", parameter: "MATCH_anyEPC" },
  { name: "bizSteps", parameter: "EQ_bizStep" },
  { name: "bizLocations", parameter: "EQ_bizLocation" },
  { name: "readPoints", parameter: "EQ_readPoint" },
  { name: "dispositions", parameter: "EQ_disposition" },
] as const;
type ResourceName = (typeof RESOURCES)[number]["name"];

const ROLES = ["merchandiser", "admin"] as const;
const pageQuerySchema = z.object({
  perPage: z.coerce.number().int().min(1).max(1000).default(30),
  nextPageToken: z.string().max(5000).optional(),
});
const valueSchema = z.object({ value: z.string().max(2_000) });

export function createResourceRoutes(deps: {
  db: Database;
  allLocations: AllLocations;
  answerQuery: AnswerQuery;
  nowMs(): number;
}): Route[] {
  const { db } = deps;

  const captured = async (member: ResourceName, after: string, limit: number): Promise<string[]> => {
    const rows = await db.query({
      name: "epcis/captured-values",
      sql: loadQuery("epcis/captured-values"),
      params: { member, after, page_rows: limit },
      row: z.object({ value: z.string() }),
    });
    return rows.map((row) => row.value);
  };

  const itemEpcs = async (after: string, limit: number): Promise<string[]> => {
    const rows = await db.query({
      name: "epcis/item-epcs",
      sql: loadQuery("epcis/item-epcs"),
      params: { after, page_rows: limit },
      row: z.object({ epc: z.string() }),
    });
    return rows.map((row) => row.epc);
  };

  /** What our own events may have, beside what was captured. Items are too many for it, and have pages of their own. */
  const own = async (name: ResourceName): Promise<readonly string[]> => {
    if (name === "eventTypes") return ["ObjectEvent"];
    if (name === "bizSteps") return OWN_WORDS.bizSteps;
    if (name === "dispositions") return OWN_WORDS.dispositions;
    if (name === "epcs") return [];
    const locations = await deps.allLocations();
    return locations.flatMap((one) =>
      ["", ...one.zones.map((zone) => zone.zoneId)].map((id) => uriOfPlace(one, id)),
    );
  };

  /** Captured values and our own in the order of their texts; for EPCs the captured ones first, then our items. */
  async function list(name: ResourceName, token: string | undefined, limit: number) {
    const [phase = 0, after = ""] = decodeCursor(token, ["number", "string"]) ?? [];
    if (phase === 1) return await listItems(String(after), limit);
    const mine = (await own(name)).filter((value) => value > String(after));
    const theirs = await captured(name, String(after), limit + 1);
    const all = [...new Set([...theirs, ...mine])].sort((one, other) => (one < other ? -1 : 1));
    const members = all.slice(0, limit);
    if (all.length > limit) return { members, token: encodeCursor([0, members.at(-1) ?? ""]) };
    return { members, token: name === "epcs" ? encodeCursor([1, ""]) : null };
  }

  async function listItems(after: string, limit: number) {
    const found = await itemEpcs(after, limit + 1);
    const page = found.slice(0, limit);
    const token = found.length > limit ? encodeCursor([1, page.at(-1) ?? ""]) : null;
    return { members: page.map(uriOfItem), token };
  }

  return RESOURCES.flatMap(({ name, parameter }) => [
    defineEpcisRoute({
      method: "GET",
      path: `/${name}`,
      summary: `All ${name} of the events`,
      roles: ROLES,
      query: pageQuerySchema,
      answer: { description: "A Collection; the next page is in Link" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const { members, token } = await list(name, query.nextPageToken, query.perPage);
        const headers = nextLink(`${EPCIS_ROOT}/${name}`, { perPage: String(query.perPage) }, token);
        return { body: collection(members), headers };
      },
    }),
    defineEpcisRoute({
      method: "GET",
      path: `/${name}/:value`,
      summary: `What can be asked about one of the ${name}`,
      roles: ROLES,
      params: valueSchema,
      answer: { description: "A Collection of what lies below" },
      problems: ["epcis_no_such_resource"],
      async handle({ params }) {
        const { events } = await deps.answerQuery(
          { [parameter]: oneValue(params.value), perPage: "1" },
          "Never_Translates",
        );
        if (events.length === 0) {
          throw new HttpProblem(
            "epcis_no_such_resource",
            `No event has ${params.value.slice(0, 200)} in ${name}.`,
          );
        }
        return { body: collection(["events"]) };
      },
    }),
    defineEpcisRoute({
      method: "GET",
      path: `/${name}/:value/events`,
      summary: `The events of one of the ${name}`,
      description: `As GET ${EPCIS_ROOT}/events with ${parameter}; all its other parameters may be given.`,
      roles: ROLES,
      params: valueSchema,
      query: eventQuerySchema,
      answer: { description: "An EPCISQueryDocument" },
      problems: ["epcis_query_parameter", "epcis_query_too_large", "epcis_not_implemented"],
      handle: ({ params, query, header }) =>
        answerEvents(
          deps,
          `${EPCIS_ROOT}/${name}/${encodeURIComponent(params.value)}/events`,
          valuesOf(query),
          { [parameter]: oneValue(params.value) },
          formatOf(header("gs1-epc-format")),
        ),
    }),
  ]);
}

/** A value of an address is one value: what divides lists in a query is part of it. */
function oneValue(value: string): string {
  if (!value.includes("|")) return value;
  throw new HttpProblem("epcis_query_parameter", "A | divides values, and an address names one.");
}

function collection(members: readonly string[]): object {
  return { "@context": EPCIS_CONTEXT, type: "Collection", member: members };
}

function uriOfItem(hex: string): string {
  const parsed = parseEpcHex(hex);
  const decoded = parsed.ok ? decodeEpc(parsed.value) : null;
  if (decoded === null) return hex;
  return decoded.ok
    ? canonicalId(decoded.pureIdentityUri ?? decoded.digitalLink ?? decoded.rawUri)
    : decoded.rawUri;
}
