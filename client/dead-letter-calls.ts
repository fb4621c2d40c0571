import {
  deadLetterDetailSchema,
  deadLetterGroupsSchema,
  deadLettersPageSchema,
  deadLetterStepAnswerSchema,
  replayJobSchema,
} from "../domain/api/dead-letters.ts";
import type { Call } from "./http.ts";
import type { PageOptions } from "./page-options.ts";

export type DeadLetterQuery = {
  state?: "open" | "replayed" | "discarded" | "resolved" | "all";
  code?: string;
  kind?: string;
  shape?: string;
  location?: string;
};

const withSignal = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

/** Messages that were not understood: to look at, to take in again, or to discard. */
export function createDeadLetterCalls(call: Call) {
  return {
    /** Messages that were not understood, newest first. Without a state those that are open. */
    list: ({ signal, ...query }: DeadLetterQuery & PageOptions = {}) =>
      call("GET", "/v1/dead-letters", deadLettersPageSchema, { query, ...withSignal(signal) }),
    /** Letters alike, the largest group first. */
    groups: ({ signal, ...query }: DeadLetterQuery & { signal?: AbortSignal } = {}) =>
      call("GET", "/v1/dead-letters/groups", deadLetterGroupsSchema, { query, ...withSignal(signal) }),
    /** One, with all its bytes and all that was done to it. */
    get: (deadLetterId: string, signal?: AbortSignal) =>
      call("GET", `/v1/dead-letters/${deadLetterId}`, deadLetterDetailSchema, withSignal(signal)),
    /** Takes it in again; resolves when it is known what became of it. */
    replay: (deadLetterId: string, isHistorical: boolean) =>
      call("POST", `/v1/dead-letters/${deadLetterId}/replay`, deadLetterStepAnswerSchema, {
        body: { historical: isHistorical },
      }),
    /** Begins to take all open ones in again that match; follow it by `replayJob`. */
    replayMany: (filter: Omit<DeadLetterQuery, "state">, isHistorical: boolean) =>
      call("POST", "/v1/dead-letters/replay", replayJobSchema, {
        body: { ...filter, historical: isHistorical },
      }),
    replayJob: (jobId: string, signal?: AbortSignal) =>
      call("GET", `/v1/dead-letters/replays/${jobId}`, replayJobSchema, withSignal(signal)),
    stopReplay: (jobId: string) => call("POST", `/v1/dead-letters/replays/${jobId}/stop`, replayJobSchema),
    /** Says that its message is worth nothing; it is kept, and can be reopened. */
    discard: (deadLetterId: string, note: string) =>
      call("POST", `/v1/dead-letters/${deadLetterId}/discard`, deadLetterStepAnswerSchema, {
        body: { note },
      }),
    reopen: (deadLetterId: string) =>
      call("POST", `/v1/dead-letters/${deadLetterId}/reopen`, deadLetterStepAnswerSchema, { body: {} }),
  };
}
