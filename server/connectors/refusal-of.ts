import { z } from "zod";
import { held, type Taken } from "./taken.ts";

const problemSchema = z.object({ code: z.string(), detail: z.string() });

/** What a desk refused, for a person to see. */
export function refusalOf(answer: { text: string }): Taken {
  const { code, detail } = problemSchema.parse(JSON.parse(answer.text));
  return held(code, detail);
}
