import type { z } from "zod";

/** A JSON payload as its schema says, or null when it is not. */
export function parsePayload<Value>(schema: z.ZodType<Value>, payload: Uint8Array): Value | null {
  try {
    const parsed = schema.safeParse(
      JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString("utf8")),
    );
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
