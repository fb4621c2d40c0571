/** The body of an `application/problem+json` answer. Callers may need further members: they stay in `members`. */
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  members: Readonly<Record<string, unknown>>;
};

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

  constructor(body: ProblemBody) {
    super(`${body.title}: ${body.detail} (${body.code})`);
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.detail = body.detail;
    this.members = body.members;
  }
}

/** Reads a problem out of any error answer's body; what is not problem+json becomes a problem named after its status. */
export function parseProblem(status: number, statusText: string, body: unknown): ApiProblem {
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
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
