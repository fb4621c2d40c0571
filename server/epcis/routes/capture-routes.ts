import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../http/cursor.ts";
import type { Route } from "../../http/route.ts";
import { HttpProblem } from "../../problems.ts";
import type { CaptureJobs } from "../capture-jobs.ts";
import { captureOutcomeSchema, type ErrorBehaviour, errorBehaviourSchema } from "../capture-outcome.ts";
import type { CaptureJob, CaptureStore } from "../capture-store.ts";
import type { EpcisFault, EpcisValidator } from "../validate.ts";
import { defineEpcisRoute, EPCIS_ROOT, nextLink } from "./epcis-route.ts";

/** Events of one document. */
export const CAPTURE_LIMIT = 5_000;
const SHOWN_ERRORS = 20;
const pageQuerySchema = z.object({
  perPage: z.coerce.number().int().min(1).max(1000).default(30),
  nextPageToken: z.string().max(1000).optional(),
});

/** A job as GS1 has it, with what each event did to stock beside it. */
const captureJobSchema = z.object({
  captureID: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().optional(),
  running: z.boolean(),
  success: z.boolean(),
  captureErrorBehaviour: errorBehaviourSchema,
  errors: captureOutcomeSchema.shape.errors,
  events: captureOutcomeSchema.shape.events,
});

export function createCaptureRoutes(deps: {
  jobs: CaptureJobs;
  store: CaptureStore;
  validator: EpcisValidator;
  maxBodyBytes: number;
}): Route[] {
  const { jobs, store, validator } = deps;

  return [
    defineEpcisRoute({
      method: "POST",
      path: "/capture",
      summary: "Capture a document of EPCIS events",
      description:
        `An EPCISDocument or an EPCISQueryDocument with at most ${CAPTURE_LIMIT} events. Answered when the job is durable; ` +
        "the job says what became of each event and what it did to stock. GS1-Capture-Error-Behaviour is rollback (all " +
        "events or none, the default) or proceed. An event without an eventID gets its hash id; the same event again is " +
        "recorded once.",
      roles: ["device", "merchandiser", "admin"],
      body: z.unknown(),
      answer: { status: 202, description: "A capture job; its address is in Location" },
      problems: ["epcis_validation_failed", "epcis_capture_limit", "epcis_busy"],
      async handle({ body, caller, header }) {
        const errorBehaviour = errorBehaviourOf(header("gs1-capture-error-behaviour"));
        assertDocument(validator, body, errorBehaviour);
        const { keyId: createdBy, locationId } = caller;
        const { job } = await jobs.begin({ document: body, errorBehaviour, createdBy, locationId });
        return { status: 202, body: { captureID: job.captureId }, headers: captureHeaders(job) };
      },
    }),
    defineEpcisRoute({
      method: "GET",
      path: "/capture",
      summary: "Capture jobs, newest first",
      description: "A device's key sees the jobs of its own location.",
      roles: ["device", "merchandiser", "admin"],
      query: pageQuerySchema,
      answer: { schema: z.array(captureJobSchema), description: "A page; the next one is in Link" },
      problems: ["invalid_cursor"],
      async handle({ query, caller }) {
        const [ms, id] = decodeCursor(query.nextPageToken, ["number", "string"]) ?? [];
        const before = ms === undefined || id === undefined ? null : { ms: Number(ms), id: String(id) };
        const { locationId } = caller;
        const found = await store.list({ before, locationId, limit: query.perPage });
        const page = found.slice(0, query.perPage);
        const last = found.length > page.length ? page.at(-1) : undefined;
        const token = last === undefined ? null : encodeCursor([last.createdAtMs, last.captureId]);
        const headers = nextLink(`${EPCIS_ROOT}/capture`, { perPage: String(query.perPage) }, token);
        return { body: page.map(toJob), headers };
      },
    }),
    defineEpcisRoute({
      method: "GET",
      path: "/capture/:captureID",
      summary: "What became of a capture job",
      description:
        "`running` turns false when the receipts of all stock events are in. `events` says of each event whether it was " +
        "captured, what was published for it with the receipt's word, and what of it moved nothing and why.",
      roles: ["device", "merchandiser", "admin"],
      params: z.object({ captureID: z.string().max(100) }),
      answer: { schema: captureJobSchema, description: "The job" },
      problems: ["epcis_no_such_resource"],
      async handle({ params, caller }) {
        const job = await store.find(params.captureID);
        const isTheirs = caller.locationId === null || job?.locationId === caller.locationId;
        if (job === null || !isTheirs) {
          throw new HttpProblem("epcis_no_such_resource", `There is no capture job ${params.captureID}.`);
        }
        return { body: toJob(job) };
      },
    }),
    defineEpcisRoute({
      method: "OPTIONS",
      path: "/capture",
      summary: "What the capture interface takes",
      roles: ["device", "merchandiser", "admin"],
      answer: { status: 204, description: "Limits and behaviours, as headers" },
      handle: () => ({
        status: 204,
        headers: {
          allow: "GET, POST, OPTIONS",
          "gs1-epcis-capture-limit": String(CAPTURE_LIMIT),
          "gs1-epcis-capture-file-size-limit": String(deps.maxBodyBytes),
          "gs1-capture-error-behaviour": "all",
        },
      }),
    }),
  ];
}

function captureHeaders(job: CaptureJob): Record<string, string> {
  return {
    location: `${EPCIS_ROOT}/capture/${job.captureId}`,
    "gs1-capture-error-behaviour": job.errorBehaviour,
    "gs1-epcis-capture-limit": String(CAPTURE_LIMIT),
  };
}

function errorBehaviourOf(text: string | undefined): ErrorBehaviour {
  const parsed = errorBehaviourSchema.safeParse(text?.toLowerCase() ?? "rollback");
  if (parsed.success) return parsed.data;
  const detail = `GS1-Capture-Error-Behaviour is rollback or proceed, not "${text?.slice(0, 60)}".`;
  throw new HttpProblem("epcis_validation_failed", detail);
}

/** Refuses what can be refused at once: the envelope, and with rollback every event. */
function assertDocument(validator: EpcisValidator, body: unknown, errorBehaviour: ErrorBehaviour): void {
  const { opened, faults } = validator.openDocument(body);
  if (opened === null) throw invalid(faults);
  if (opened.events.length > CAPTURE_LIMIT) {
    throw new HttpProblem("epcis_capture_limit", `${opened.events.length} events at once.`, {
      limit: CAPTURE_LIMIT,
    });
  }
  if (errorBehaviour === "proceed") return;
  const wrong: EpcisFault[] = [];
  for (const [index, event] of opened.events.entries()) {
    for (const { at, reason } of validator.faultsOfEvent(event))
      wrong.push({ at: `/event/${index}${at}`, reason });
    if (wrong.length >= SHOWN_ERRORS) break;
  }
  if (wrong.length > 0) throw invalid(wrong);
}

export function invalid(errors: readonly EpcisFault[]): HttpProblem {
  const first = errors[0];
  return new HttpProblem("epcis_validation_failed", `${first?.at ?? ""} ${first?.reason ?? ""}.`.trim(), {
    errors,
  });
}

function toJob(job: CaptureJob): z.output<typeof captureJobSchema> {
  return {
    captureID: job.captureId,
    createdAt: new Date(job.createdAtMs).toISOString(),
    ...(job.finishedAtMs === null ? {} : { finishedAt: new Date(job.finishedAtMs).toISOString() }),
    running: job.finishedAtMs === null,
    success: job.success,
    captureErrorBehaviour: job.errorBehaviour,
    ...job.outcome,
  };
}
