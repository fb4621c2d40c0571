import { AnalystRefusal } from "../../sql/analysts/analyst-refusal.ts";

/** An error in ClickHouse's own words, as its clients read it. */
export type AnalystError = { code: number; status: number; text: string; headers: Record<string, string> };

// Status by code, as ClickHouse's HTTPHandler gives it (exceptionCodeToHTTPStatus); codes that are not here are 500. Of blocks that
// cannot be read (40, 89, 271) ClickHouse says 500 too, which would tell people that we had failed.
const BAD_REQUEST = new Set([
  6, 26, 27, 36, 38, 40, 41, 43, 53, 62, 69, 72, 89, 117, 125, 131, 246, 271, 321, 386, 395, 427, 456, 457,
]);
const NOT_FOUND = new Set([46, 47, 50, 56, 60, 63, 73, 81, 107, 108, 115]);
const FORBIDDEN = new Set([164, 446, 452, 497]);
const OTHERS: Readonly<Record<number, number>> = {
  48: 501,
  158: 413,
  168: 413,
  396: 413,
  159: 408,
  202: 503,
  516: 401,
  241: 507,
  243: 503,
};

/** What ClickHouse threw, or we refused. A message without a code is not for people: `null`, and a 500 of our own. */
export function toAnalystError(
  error: unknown,
  context: { version: string; tidy(message: string): string },
): AnalystError | null {
  const headers: Record<string, string> = {};
  if (error instanceof AnalystRefusal) {
    if (error.retry !== null) headers["retry-after"] = String(error.retry.retryAfterSeconds);
    if (error.code === 516) headers["www-authenticate"] = 'Basic realm="onhand"';
    const status = error.retry?.isOwnDoing === true ? 429 : statusOf(error.code);
    return build(error.code, `${error.message}.`, error.codeName, status, context.version, headers);
  }
  const whole = context.tidy(error instanceof Error ? error.message : String(error));
  // Of what was thrown again on its way up, the innermost.
  const message = whole.slice(Math.max(0, whole.lastIndexOf("Code: ")));
  const inMessage =
    /Code: (\d+)\. ?(?:DB::Exception: )?([\s\S]*?)(?: \(([A-Z_0-9]+)\))?(?: \(version [^)]*\))?\s*$/.exec(
      message,
    );
  const code = inMessage?.[1] === undefined ? codeOf(error) : Number(inMessage[1]);
  if (code === null) return null;
  if (code === 243 || code === 202) headers["retry-after"] = "30";
  const words = inMessage?.[2] ?? message;
  return build(code, words, inMessage?.[3] ?? typeOf(error), statusOf(code), context.version, headers);
}

function build(
  code: number,
  words: string,
  name: string,
  status: number,
  version: string,
  headers: Record<string, string>,
): AnalystError {
  const text = `Code: ${code}. DB::Exception: ${words}${name === "" ? "" : ` (${name})`} (version ${version})\n`;
  return { code, status, text, headers: { ...headers, "x-clickhouse-exception-code": String(code) } };
}

function statusOf(code: number): number {
  if (BAD_REQUEST.has(code)) return 400;
  if (NOT_FOUND.has(code)) return 404;
  if (FORBIDDEN.has(code)) return 403;
  return OTHERS[code] ?? 500;
}

/** Of an error of the HTTP client, which parses messages itself. */
function codeOf(error: unknown): number | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return /^\d+$/.test(String(error.code)) ? Number(error.code) : null;
}

function typeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "type" in error ? String(error.type) : "";
}
