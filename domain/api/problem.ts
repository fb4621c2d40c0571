import { z } from "zod";

/** Every error over HTTP (RFC 9457, application/problem+json). `code` is stable; extra members help the caller go on. */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;
