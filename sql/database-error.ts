/**
 * Why a statement failed.
 * - `unreachable`: no answer from the server; `timeout`: it took longer than it may
 * - `too_many_rows`: more rows than the caller allows; nothing was cut
 * - `invalid_row`: a row is not of the shape its query promises
 * - `overloaded`: too many parts, no memory, no disk, or too many statements waiting here
 * - `rejected`: ClickHouse refuses the statement as it stands
 * - `engine_missing`: the embedded engine is not installed; `closed`: the database was closed before
 */
export type DatabaseErrorCode =
  | "unreachable"
  | "timeout"
  | "too_many_rows"
  | "invalid_row"
  | "overloaded"
  | "rejected"
  | "engine_missing"
  | "closed";

/**
 * A statement that failed. `outcome` says what a writer must know: `refused` means nothing was written and the same
 * statement will fail again; `unknown` means it may or may not have been written: retry it unchanged, with its
 * deduplication token, before anything else.
 */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
  readonly code: DatabaseErrorCode;
  readonly queryName: string;
  readonly outcome: "refused" | "unknown";
  /** ClickHouse's own error number where it gave one, see system.errors. */
  readonly clickhouseCode: number | null;

  constructor(problem: {
    code: DatabaseErrorCode;
    queryName: string;
    outcome: "refused" | "unknown";
    detail: string;
    clickhouseCode?: number | null;
    cause?: unknown;
  }) {
    super(`${problem.queryName}: ${problem.detail}`, { cause: problem.cause });
    this.code = problem.code;
    this.queryName = problem.queryName;
    this.outcome = problem.outcome;
    this.clickhouseCode = problem.clickhouseCode ?? null;
  }
}

// Numbers from ClickHouse's src/Common/ErrorCodes.cpp.
const TIMEOUTS = new Set([159, 160, 209]);
const TOO_MANY_ROWS = new Set([158, 396]);
// MEMORY_LIMIT_EXCEEDED, TOO_MANY_PARTS, TOO_MANY_SIMULTANEOUS_QUERIES, NOT_ENOUGH_SPACE, CANNOT_WRITE_TO_FILE_DESCRIPTOR, CANNOT_FSYNC
const OVERLOADS = new Set([241, 252, 202, 243, 75, 76, 203]);
// NETWORK_ERROR, QUERY_WAS_CANCELLED, UNKNOWN_STATUS_OF_INSERT, TABLE_IS_READ_ONLY, KEEPER_EXCEPTION
const UNKNOWN_OUTCOMES = new Set([210, 394, 319, 242, 999]);

/** Makes the one kind of error that callers see of whatever the client or the engine threw. */
export function toDatabaseError(cause: unknown, queryName: string): DatabaseError {
  if (cause instanceof DatabaseError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const clickhouseCode = readClickhouseCode(cause, message);
  const base = { queryName, clickhouseCode, cause, detail: message };
  if (clickhouseCode === null) {
    const timedOut =
      cause instanceof Error && (cause.name === "TimeoutError" || /abort|timeout/i.test(message));
    return new DatabaseError({
      ...base,
      code: timedOut ? "timeout" : "unreachable",
      outcome: "unknown",
      detail: timedOut
        ? `no answer from ClickHouse in time (${message})`
        : `ClickHouse cannot be reached (${message || readErrorCode(cause)})`,
    });
  }
  if (TIMEOUTS.has(clickhouseCode))
    return new DatabaseError({ ...base, code: "timeout", outcome: "unknown" });
  if (TOO_MANY_ROWS.has(clickhouseCode)) {
    return new DatabaseError({ ...base, code: "too_many_rows", outcome: "refused" });
  }
  if (OVERLOADS.has(clickhouseCode)) {
    return new DatabaseError({ ...base, code: "overloaded", outcome: "unknown" });
  }
  const outcome = UNKNOWN_OUTCOMES.has(clickhouseCode) ? "unknown" : "refused";
  return new DatabaseError({ ...base, code: "rejected", outcome });
}

function readClickhouseCode(cause: unknown, message: string): number | null {
  const code = readErrorCode(cause);
  if (/^\d+$/.test(code)) return Number(code);
  const inMessage = /\bCode: (\d+)\. DB::/.exec(message);
  return inMessage?.[1] === undefined ? null : Number(inMessage[1]);
}

function readErrorCode(cause: unknown): string {
  if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
  return "";
}
