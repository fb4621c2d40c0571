import { z } from "zod";
import {
  type DeadLetter,
  deadLetterStepAnswerSchema,
  discardRequestSchema,
  reopenRequestSchema,
  replayJobSchema,
  replayJobsSchema,
  replayManyRequestSchema,
  replayRequestSchema,
} from "../../domain/api/dead-letters.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { type Caller, defineRoute, type Route, type RouteAnswer } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import { DEAD_LETTER_TAG, deadLetterNotFound, deadLetterParamsSchema } from "./dead-letter-routes.ts";
import type { DeadLetterStore } from "./dead-letter-store.ts";
import type { ReplayJobs } from "./replay-jobs.ts";
import type { Replayer } from "./replayer.ts";

const jobParamsSchema = z.object({ jobId: z.uuid() });
const changes = { tag: DEAD_LETTER_TAG, roles: ["merchandiser", "admin"] } as const;
const one = {
  ...changes,
  method: "POST",
  params: deadLetterParamsSchema,
  answer: { schema: deadLetterStepAnswerSchema, description: "What became of it" },
} as const;

/** Dealing with dead letters: replay one or many, discard, reopen. Every step is kept, and in the audit log. */
export function createSettleRoutes(deps: {
  store: DeadLetterStore;
  replayer: Replayer;
  jobs: ReplayJobs;
  audit: AuditLog;
}): Route[] {
  const { store, replayer, jobs, audit } = deps;

  async function assertState(deadLetterId: string, isOpen: boolean): Promise<void> {
    const letter = await store.find(deadLetterId);
    if (letter === null) throw deadLetterNotFound(deadLetterId);
    if ((letter.state === "open") === isOpen) return;
    throw new HttpProblem("dead_letter_state", `The dead letter is ${letter.state}.`, {
      state: letter.state,
    });
  }

  const note = (caller: Caller, action: string, subject: string, detail: unknown) =>
    audit.record({ actor: caller.keyId, action: `dead-letter.${action}`, subject, detail });

  async function mark(
    caller: Caller,
    deadLetterId: string,
    wish: { action: "discard" | "reopen"; state: DeadLetter["state"]; note: string },
  ): Promise<RouteAnswer> {
    await note(caller, wish.action, deadLetterId, { note: wish.note });
    const { action, state } = wish;
    const step = { by: caller.keyId, action, status: null, code: "", detail: wish.note, jobId: null };
    const { at } = await store.record([{ deadLetterId, state, step }]);
    return { body: { deadLetterId, state, step: { at, ...step } } };
  }

  return [
    defineRoute({
      ...one,
      path: "/v1/dead-letters/:deadLetterId/replay",
      summary: "Take a dead letter in again, as the message it was",
      description:
        "Answers when ingest has told what became of it: `accepted`, `duplicate` (the ledger had it) and `late` settle it; " +
        "`rejected` leaves it open, with the reason of now; `unknown` (no answer in time) too: replay it again, a repeat " +
        "never counts twice. Limits on age hold as of now unless `historical` is true.",
      body: replayRequestSchema,
      problems: ["dead_letter_not_found", "dead_letter_state", "broker_unavailable"],
      async handle({ params: { deadLetterId }, body, caller }) {
        await assertState(deadLetterId, true);
        await note(caller, "replay", deadLetterId, body);
        const { at, steps, refusal } = await replayer.replay([deadLetterId], {
          isHistorical: body.historical,
          by: caller.keyId,
          jobId: null,
        });
        if (refusal !== null)
          throw new HttpProblem("broker_unavailable", refusal, {}, { "retry-after": "5" });
        const [taken] = steps;
        if (taken === undefined) throw deadLetterNotFound(deadLetterId);
        return { body: { deadLetterId, state: taken.state, step: { at, ...taken.step } } };
      },
    }),
    defineRoute({
      ...changes,
      method: "POST",
      path: "/v1/dead-letters/replay",
      summary: "Take all open dead letters in again that match, the oldest first: a job",
      description: "A group is replayed by its `code`, `kind` and `shape`. One job runs at a time.",
      body: replayManyRequestSchema,
      answer: { status: 202, schema: replayJobSchema, description: "The job, as it begins" },
      problems: ["replay_running"],
      async handle({ body, caller }) {
        const running = jobs.running();
        if (running !== null) {
          throw new HttpProblem("replay_running", `The replay ${running.jobId} runs.`, {
            jobId: running.jobId,
          });
        }
        const { historical, ...filter } = body;
        const job = jobs.start({ ...filter, state: "open" }, historical, caller.keyId);
        await note(caller, "replay-many", job.jobId, body);
        return { status: 202, body: job, headers: { location: `/v1/dead-letters/replays/${job.jobId}` } };
      },
    }),
    defineRoute({
      ...changes,
      method: "GET",
      path: "/v1/dead-letters/replays",
      summary: "Replays of many since this server started, newest first",
      answer: { schema: replayJobsSchema, description: "At most 50" },
      handle: () => ({ body: { items: jobs.list() } }),
    }),
    defineRoute({
      ...changes,
      method: "GET",
      path: "/v1/dead-letters/replays/:jobId",
      summary: "How far a replay of many is",
      params: jobParamsSchema,
      answer: { schema: replayJobSchema, description: "The job" },
      problems: ["replay_not_found"],
      handle: ({ params }) => ({ body: jobs.get(params.jobId) ?? jobNotFound(params.jobId) }),
    }),
    defineRoute({
      ...changes,
      method: "POST",
      path: "/v1/dead-letters/replays/:jobId/stop",
      summary: "Stop a replay of many, after what is on its way",
      params: jobParamsSchema,
      answer: { schema: replayJobSchema, description: "The job" },
      problems: ["replay_not_found"],
      handle: ({ params }) => ({ body: jobs.stop(params.jobId) ?? jobNotFound(params.jobId) }),
    }),
    defineRoute({
      ...one,
      path: "/v1/dead-letters/:deadLetterId/discard",
      summary: "Say that a dead letter is worth nothing, and why. It is kept, marked",
      body: discardRequestSchema,
      problems: ["dead_letter_not_found", "dead_letter_state"],
      async handle({ params: { deadLetterId }, body, caller }) {
        await assertState(deadLetterId, true);
        return await mark(caller, deadLetterId, { action: "discard", state: "discarded", note: body.note });
      },
    }),
    defineRoute({
      ...one,
      path: "/v1/dead-letters/:deadLetterId/reopen",
      summary: "Take a discard back, or open a replayed letter again",
      body: reopenRequestSchema,
      problems: ["dead_letter_not_found", "dead_letter_state"],
      async handle({ params: { deadLetterId }, body, caller }) {
        await assertState(deadLetterId, false);
        return await mark(caller, deadLetterId, { action: "reopen", state: "open", note: body.note });
      },
    }),
  ];
}

function jobNotFound(jobId: string): never {
  throw new HttpProblem("replay_not_found", `There is no replay ${jobId}.`);
}
