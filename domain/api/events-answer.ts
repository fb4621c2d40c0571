import { z } from "zod";
import { receiptSchema } from "../receipt.ts";

/** `POST /v1/events`: one receipt an event, in the order sent; none for tag reads, which have no ids. */
export const eventsAnswerSchema = z.object({ receipts: z.array(receiptSchema) });
export type EventsAnswer = z.infer<typeof eventsAnswerSchema>;
