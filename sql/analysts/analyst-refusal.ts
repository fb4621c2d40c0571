/** ClickHouse's own numbers and names, for what is refused before ClickHouse is asked. */
const CODES = {
  SYNTAX_ERROR: 62,
  UNKNOWN_FORMAT: 73,
  QUERY_IS_TOO_LARGE: 168,
  UNKNOWN_DATABASE: 81,
  NOT_IMPLEMENTED: 48,
  CHECKSUM_DOESNT_MATCH: 40,
  UNKNOWN_COMPRESSION_METHOD: 89,
  CANNOT_DECOMPRESS: 271,
  READONLY: 164,
  TOO_MANY_SIMULTANEOUS_QUERIES: 202,
  BAD_ARGUMENTS: 36,
  SETTING_CONSTRAINT_VIOLATION: 452,
  FUNCTION_NOT_ALLOWED: 446,
  ACCESS_DENIED: 497,
  AUTHENTICATION_FAILED: 516,
} as const;
export type RefusalName = keyof typeof CODES;

/** A query that is not run. `message` is for the person who wrote it. */
export class AnalystRefusal extends Error {
  override readonly name = "AnalystRefusal";
  readonly codeName: RefusalName;
  readonly code: number;
  /** For refusals that pass: when to try again, and whether the same key's other queries are the reason. */
  readonly retry: { retryAfterSeconds: number; isOwnDoing: boolean } | null;

  constructor(
    codeName: RefusalName,
    message: string,
    retry: { retryAfterSeconds: number; isOwnDoing: boolean } | null = null,
  ) {
    super(message);
    this.codeName = codeName;
    this.code = CODES[codeName];
    this.retry = retry;
  }
}
