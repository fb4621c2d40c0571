import { z } from "zod";
import { EPC_FORMATS, type EpcFormat } from "../../../domain/epcis/epc-format.ts";
import { isJsonObject } from "../../../domain/epcis/json-value.ts";
import { EVENT_QUERY_PARAMETERS, SENSOR_PARAMETERS } from "../../../domain/epcis/query/parameter-names.ts";
import type { Route } from "../../http/route.ts";
import { HttpProblem } from "../../problems.ts";
import type { CaptureJobs } from "../capture-jobs.ts";
import type { AnswerQuery } from "../search/answer-query.ts";
import type { EpcisValidator } from "../validate.ts";
import { invalid } from "./capture-routes.ts";
import { defineEpcisRoute, EPCIS_CONTEXT, EPCIS_ROOT, nextLink, queryDocument } from "./epcis-route.ts";

const READERS = ["merchandiser", "admin"] as const;

/** Every parameter as it is sent; the query itself says which are wrong. */
export const eventQuerySchema = z
  .object(
    Object.fromEntries(EVENT_QUERY_PARAMETERS.map((name) => [name, z.string().max(100_000).optional()])),
  )
  .catchall(z.string());

export function createEventRoutes(deps: {
  jobs: CaptureJobs;
  validator: EpcisValidator;
  answerQuery: AnswerQuery;
  nowMs(): number;
}): Route[] {
  const { jobs, validator, answerQuery, nowMs } = deps;

  return [
    defineEpcisRoute({
      method: "GET",
      path: "/events",
      summary: "EPCIS events: those that were captured, and our own item events",
      description:
        "Parameters as in GS1's SimpleEventQuery; lists are divided by `|`. Ordered by the time of recording, unless " +
        "orderBy says otherwise. Pages of perPage events; the next one is in Link, and stays the same whatever is recorded " +
        `meanwhile. Sensor data is given out but not searched (${[...SENSOR_PARAMETERS].join(", ")}: 501). ` +
        "GS1-EPC-Format chooses how EPCs are written.",
      roles: READERS,
      query: eventQuerySchema,
      answer: { description: "An EPCISQueryDocument" },
      problems: ["epcis_query_parameter", "epcis_query_too_large", "epcis_not_implemented"],
      handle: ({ query, header }) =>
        answerEvents(deps, `${EPCIS_ROOT}/events`, valuesOf(query), {}, formatOf(header("gs1-epc-format"))),
    }),
    defineEpcisRoute({
      method: "GET",
      path: "/events/:eventID",
      summary: "One event, with its error declaration if there is one",
      roles: READERS,
      params: z.object({ eventID: z.string().max(2_000) }),
      answer: { description: "An EPCISQueryDocument" },
      problems: ["epcis_no_such_resource"],
      async handle({ params, header }) {
        const format = formatOf(header("gs1-epc-format"));
        const { events } = await answerQuery({ EQ_eventID: params.eventID }, format);
        if (events.length === 0) {
          throw new HttpProblem("epcis_no_such_resource", `There is no event ${params.eventID}.`);
        }
        return { body: queryDocument(events, nowMs()), headers: { "gs1-epc-format": format } };
      },
    }),
    defineEpcisRoute({
      method: "POST",
      path: "/events",
      summary: "Capture one event",
      description:
        "The event brings its own @context. Answered when it is durable; the same event again is recorded once and answered " +
        "in the same way. What it does to stock is said by the capture job in Link.",
      roles: ["device", "merchandiser", "admin"],
      body: z.unknown(),
      answer: { status: 201, description: "The event; its address is in Location" },
      problems: ["epcis_validation_failed", "epcis_event_exists", "epcis_busy"],
      async handle({ body, caller }) {
        const faults = validator.faultsOfLoneEvent(body);
        if (faults.length > 0 || !isJsonObject(body)) throw invalid(faults);
        const { "@context": context, ...event } = body;
        const { job, captured } = await jobs.begin({
          document: {
            "@context": context,
            type: "EPCISDocument",
            schemaVersion: "2.0",
            creationDate: new Date(nowMs()).toISOString(),
            epcisBody: { eventList: [event] },
          },
          errorBehaviour: "rollback",
          createdBy: caller.keyId,
          locationId: caller.locationId,
        });
        const taken = await captured;
        const [error] = taken.errors;
        if (error !== undefined) throw new HttpProblem("epcis_event_exists", error.detail);
        const eventID = taken.events[0]?.eventID ?? "";
        return {
          status: 201,
          body: { "@context": context ?? EPCIS_CONTEXT, ...event, eventID },
          headers: {
            location: `${EPCIS_ROOT}/events/${encodeURIComponent(eventID)}`,
            link: `<${EPCIS_ROOT}/capture/${job.captureId}>; rel="related"`,
          },
        };
      },
    }),
  ];
}

/** A page of events; `fixed` are parameters that the address stands for. */
export async function answerEvents(
  deps: { answerQuery: AnswerQuery; nowMs(): number },
  path: string,
  values: Readonly<Record<string, string>>,
  fixed: Readonly<Record<string, string>>,
  format: EpcFormat,
) {
  for (const name of Object.keys(fixed)) {
    if (values[name] === undefined) continue;
    throw new HttpProblem("epcis_query_parameter", `${name} is said by the address already.`);
  }
  const { events, nextPageToken } = await deps.answerQuery({ ...values, ...fixed }, format);
  return {
    body: queryDocument(events, deps.nowMs()),
    headers: { ...nextLink(path, values, nextPageToken), "gs1-epc-format": format },
  };
}

/** Digital Links, unless the client wants otherwise: GS1's default. */
export function formatOf(text: string | undefined): EpcFormat {
  if (text === undefined) return "Always_GS1_Digital_Link";
  const format = EPC_FORMATS.find((one) => one === text);
  if (format !== undefined) return format;
  throw new HttpProblem("epcis_not_acceptable", `GS1-EPC-Format is one of ${EPC_FORMATS.join(", ")}.`);
}

export function valuesOf(query: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
