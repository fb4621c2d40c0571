import { parse } from "csv-parse/sync";
import { z } from "zod";
import { parseEpcText } from "../../domain/epc/encode-epc.ts";
import { identityOfEpc } from "../../domain/epc/identity.ts";
import { instantSchema } from "../../domain/identifiers.ts";

/** A read that is looked up in the list; `zoneId` empty where it is not known. */
export type PlacedWalkRead = { readerId: string; antenna: number; zoneId: string; epc: string; atMs: number };

const optional = z.string().optional();
const rowSchema = z.object({
  epc: z.string().min(1),
  zoneId: optional,
  readerId: optional,
  antenna: optional,
  from: instantSchema.or(z.literal("")).optional(),
  to: instantSchema.or(z.literal("")).optional(),
});

type NearRow = { zoneId: string; readerId: string; antenna: string; fromMs: number; toMs: number };

/** Which tags were really near, where and when. */
export type WalkList = { tags: number; isNear(read: PlacedWalkRead): boolean };

/**
 * Reads the list of a walk test: CSV with a heading, `epc` (hex or URI) and, where they are there, `zoneId`, `readerId`,
 * `antenna`, `from` and `to` (RFC 3339). An empty cell says nothing: it holds for every zone, reader, antenna or time. Throws
 * with the line that cannot be read.
 */
export function parseWalkList(text: string): WalkList {
  const rows: unknown = parse(text, { columns: true, trim: true, skip_empty_lines: true, bom: true });
  const byTag = new Map<string, NearRow[]>();
  for (const [index, row] of z.array(z.unknown()).parse(rows).entries()) {
    const line = `Line ${index + 2} of the list of tags`;
    const parsed = rowSchema.safeParse(row);
    if (!parsed.success) throw new Error(`${line} cannot be read: ${z.prettifyError(parsed.error)}`);
    const epc = parseEpcText(parsed.data.epc);
    if (!epc.ok) throw new Error(`${line} names no EPC: ${epc.detail}`);
    const { zoneId = "", readerId = "", antenna = "", from = "", to = "" } = parsed.data;
    const identity = identityOfEpc(epc.value);
    const near = byTag.get(identity) ?? [];
    byTag.set(identity, near);
    const fromMs = from === "" ? -Infinity : Date.parse(from);
    near.push({ zoneId, readerId, antenna, fromMs, toMs: to === "" ? Infinity : Date.parse(to) });
  }
  return {
    tags: byTag.size,
    isNear: ({ readerId, antenna, zoneId, epc, atMs }) =>
      (byTag.get(epc) ?? []).some(
        (row) =>
          (row.zoneId === "" || row.zoneId === zoneId) &&
          (row.readerId === "" || row.readerId === readerId) &&
          (row.antenna === "" || row.antenna === String(antenna)) &&
          atMs >= row.fromMs &&
          atMs <= row.toMs,
      ),
  };
}
