import { z } from "zod";
import { type MissedLine, missedLineSchema } from "../domain/reservations/reservation.ts";

/** The body of an `application/problem+json` answer. Callers may need further members: they stay in `members`. */
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  members: Readonly<Record<string, unknown>>;
  /** What the header `Retry-After` asks to wait, seconds. */
  retryAfterSeconds?: number | null;
};

const missedLinesSchema = z.array(missedLineSchema);

/**
 * An answer that is not a success. `code` is stable and documented; `detail` is for a person. A server that cannot be reached is
 * `status` 0 with code `unreachable`; an answer that breaks its schema is code `unreadable_answer`.
 */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly members: Readonly<Record<string, unknown>>;
  /** How long the server asks to wait before the next try; null where it does not say. */
  readonly retryAfterSeconds: number | null;

  constructor(body: ProblemBody) {
    super(`${body.title}: ${body.detail} (${body.code})`);
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.detail = body.detail;
    this.members = body.members;
    this.retryAfterSeconds = body.retryAfterSeconds ?? null;
  }

  /** Of 409 `insufficient_availability`: what was asked for, what there is, and where else, best first. Else empty. */
  get lines(): readonly MissedLine[] {
    const parsed = missedLinesSchema.safeParse(this.members["lines"]);
    return parsed.success ? parsed.data : [];
  }
}

/** Reads a problem out of any error answer's body; what is not problem+json becomes a problem named after its status. */
export function parseProblem(
  { status, statusText, headers }: Pick<Response, "status" | "statusText" | "headers">,
  body: unknown,
): ApiProblem {
  const retryAfter = Number(headers.get("retry-after") ?? "none");
  const members: Record<string, unknown> = isRecord(body) ? body : {};
  const text = (key: string, fallback: string): string => {
    const value = members[key];
    return typeof value === "string" && value !== "" ? value : fallback;
  };
  return new ApiProblem({
    type: text("type", "about:blank"),
    title: text("title", statusText === "" ? `HTTP ${status}` : statusText),
    status,
    detail: text("detail", "The server gave no reason."),
    code: text("code", `http_${status}`),
    members,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
