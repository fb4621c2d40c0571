import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { customerSchema } from "../../../domain/customers/customer.ts";
import { missSchema } from "../../../domain/misses/miss.ts";
import { issueSchema, redemptionSchema } from "../../../domain/offers/offer.ts";
import { type Order, orderSchema } from "../../../domain/orders/order.ts";
import { returnSchema } from "../../../domain/returns/return.ts";
import { type TaskAnswer, taskAnswerSchema } from "../../../domain/tasks/task.ts";
import { createIdempotencyKey } from "../../../client/idempotency-key.ts";

/** Sends a request and answers with its status and parsed body. Rejects where there is no answer. */
export type Ask = (
  method: "GET" | "POST" | "PUT",
  path: string,
  options?: { body?: unknown; idempotencyKey?: string },
) => Promise<{ status: number; body: unknown }>;

export type DemoCalls = ReturnType<typeof createDemoCalls>;

/** Not now: too many requests, a server that has just begun or does not write, an outcome that nobody knows yet. */
const BUSY: ReadonlySet<number> = new Set([429, 503, 504]);
const MOST_TRIES = 40;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;

/** The real API, as the web shop and the devices of stores use it. What is refused is part of a shop's life: null. */
export function createDemoCalls(ask: Ask, signal: AbortSignal) {
  /** The same key each time: what was done already is not done twice. Each pause is twice the last, so that load falls. */
  async function insist(...[method, path, options]: Parameters<Ask>): ReturnType<Ask> {
    for (let tries = 1; ; tries += 1) {
      const answer = await ask(method, path, options);
      if (!BUSY.has(answer.status) || tries === MOST_TRIES) return answer;
      const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
      await pause(pauseMs, undefined, { signal });
    }
  }

  let lastOrder = 100_000;

  async function post<Answer>(
    path: string,
    body: unknown,
    schema: z.ZodType<Answer>,
  ): Promise<Answer | null> {
    const answer = await insist("POST", path, { body, idempotencyKey: createIdempotencyKey() });
    return answer.status < 300 ? schema.parse(answer.body) : null;
  }

  return {
    /** Under a number that people can read to each other. */
    place(wish: object) {
      lastOrder += 1;
      return post("/v1/orders", { orderId: `M${lastOrder}`, ...wish }, orderSchema);
    },
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
    lookFor: (wish: object) => post("/v1/tasks", wish, taskAnswerSchema),
    takeBack: (wish: object) => post("/v1/returns", wish, returnSchema),
    inspect: (returnId: string, lines: readonly object[]) =>
      post(`/v1/returns/${returnId}/inspect`, { lines }, returnSchema),
    miss: (wish: object) => post("/v1/misses", wish, missSchema),
    saveMiss: (missId: string, wish: object) => post(`/v1/misses/${missId}/save`, wish, missSchema),
    /** The record of an account of the web shop; a new one where there is none. */
    customer: (account: string) =>
      post("/v1/customers", { identifiers: [{ kind: "account", value: account }] }, customerSchema),
    /** Predicts lifetime values now: a chain that was just told its past does not wait for the night. */
    predictValues: () => insist("POST", "/v1/lifetime-value/fits"),
    setOffer: (offerId: string, offer: object) => insist("PUT", `/v1/offers/${offerId}`, { body: offer }),
    issueOffer: (offerId: string, issue: object) => post(`/v1/offers/${offerId}/issues`, issue, issueSchema),
    redeemOffer: (offerId: string, redemption: object) =>
      post(`/v1/offers/${offerId}/redemptions`, redemption, redemptionSchema),
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
