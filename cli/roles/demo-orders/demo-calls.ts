import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { type Order, orderSchema } from "../../../domain/orders/order.ts";
import { type TaskAnswer, taskAnswerSchema } from "../../../domain/tasks/task.ts";
import { createIdempotencyKey } from "../../../client/idempotency-key.ts";

/** Sends a request and answers with its status and parsed body. Rejects where there is no answer. */
export type Ask = (
  method: "GET" | "POST",
  path: string,
  options?: { body?: unknown; idempotencyKey?: string },
) => Promise<{ status: number; body: unknown }>;

export type DemoCalls = ReturnType<typeof createDemoCalls>;

/** A server that has just begun, or is not the one that writes, is asked again so often. */
const MOST_TRIES = 20;
const AGAIN_AFTER_MS = 500;

/** The real API, as the web shop and the devices of stores use it. What is refused is part of a shop's life: null. */
export function createDemoCalls(ask: Ask, signal: AbortSignal) {
  /** The same key each time: what was done already is not done twice. */
  async function insist(...[method, path, options]: Parameters<Ask>): ReturnType<Ask> {
    for (let tries = 1; ; tries += 1) {
      const answer = await ask(method, path, options);
      if (answer.status !== 503 || tries === MOST_TRIES) return answer;
      await pause(AGAIN_AFTER_MS, undefined, { signal });
    }
  }

  async function post<Answer>(
    path: string,
    body: unknown,
    schema: z.ZodType<Answer>,
  ): Promise<Answer | null> {
    const answer = await insist("POST", path, { body, idempotencyKey: createIdempotencyKey() });
    return answer.status < 300 ? schema.parse(answer.body) : null;
  }

  return {
    place: (wish: object) => post("/v1/orders", wish, orderSchema),
    order: async (orderId: string): Promise<Order | null> => {
      const answer = await insist("GET", `/v1/orders/${orderId}`);
      return answer.status < 300 ? orderSchema.parse(answer.body) : null;
    },
    cancel: (orderId: string) => post(`/v1/orders/${orderId}/cancel`, { cause: "customer" }, orderSchema),
    tell: (orderId: string, told: object) => post(`/v1/orders/${orderId}/told`, told, orderSchema),
    step: (orderId: string, fulfilmentId: string, name: string, body: object = {}) =>
      post(`/v1/orders/${orderId}/fulfilments/${fulfilmentId}/${name}`, body, orderSchema),
    tasks: async (): Promise<TaskAnswer[]> => {
      const answer = await insist("GET", "/v1/tasks?limit=200");
      return answer.status < 300 ? pageSchema.parse(answer.body).items : [];
    },
    work: (taskId: string, name: string, body: object = {}) =>
      post(`/v1/tasks/${taskId}/${name}`, body, taskAnswerSchema),
  };
}

const pageSchema = z.object({ items: z.array(taskAnswerSchema) });

/** Requests to a server that runs. */
export function askServer(system: { url: string; token: string }, signal: AbortSignal): Ask {
  return async (method, path, options = {}) => {
    const response = await fetch(new URL(path, system.url), {
      method,
      signal,
      headers: {
        authorization: `Bearer ${system.token}`,
        ...(options.body === undefined ? {} : { "content-type": "application/json" }),
        ...(options.idempotencyKey === undefined ? {} : { "idempotency-key": options.idempotencyKey }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  };
}
