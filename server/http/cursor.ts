import { HttpProblem } from "../problems.ts";

/** Cursors are the last row's key, opaque to callers so that it may change. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** The parts of a cursor, or null without one. Throws `invalid_cursor` for anything that `encodeCursor` did not make. */
export function decodeCursor(cursor: string | undefined, kinds: readonly ("string" | "number")[]) {
  if (cursor === undefined || cursor === "") return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (
      Array.isArray(parts) &&
      kinds.length === parts.length &&
      kinds.every((kind, i) => typeof parts[i] === kind)
    ) {
      return parts as (string | number)[];
    }
  } catch {
    // Falls through to the refusal.
  }
  throw new HttpProblem("invalid_cursor", `"${cursor.slice(0, 60)}" is not a cursor of this list.`);
}

/** Cuts a list that was asked for one row more than a page to the page, with its next cursor. */
export function toPage<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number)[],
) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null;
  return { items, nextCursor };
}
