import type { Order, OrderWish } from "../../domain/orders/order.ts";
import type {
  ArriveStep,
  CancelCommand,
  ChangeCommand,
  CollectStep,
  PickStep,
  PlainStep,
  ReturnedCommand,
  ShipStep,
  ShortStep,
  ToldCommand,
} from "../../domain/orders/order-commands.ts";
import type { OrderEvent } from "../../domain/orders/order-event.ts";
import type { Actor } from "../../domain/orders/order-step.ts";
import type { ProblemCode } from "../problems.ts";
import type { CommandKey } from "../reservations/granting-writer.ts";

/**
 * Who asks for a step: `actor` is written beside it unless the command names another. The same `key` gets the first answer again.
 * `locationId` set: only fulfilments of this location may be changed (a `store` key is held to its own).
 */
export type OrderAsk = { actor: Actor; key: CommandKey | null; locationId?: string | null };

/** One fulfilment of one order. */
export type FulfilmentAt = { orderId: string; fulfilmentId: string };

/** The order after the step, durable; or the problem, as it is answered over HTTP. `text` is the JSON of either. */
export type OrderAnswer =
  | { ok: true; status: number; text: string; order: Order }
  | { ok: false; status: number; text: string; code: ProblemCode };

/**
 * What happens to orders, for routes, MQTT, tasks and returns alike. Each answers when its change is durable; a refusal is a
 * value. Throws `HttpProblem` only where nothing could be decided: `not_ready`, `not_the_writer`, `reservations_busy`,
 * `outcome_unknown` (with the same key it can be asked again).
 */
export type OrderDesk = {
  place(wish: OrderWish, ask: OrderAsk): Promise<OrderAnswer>;
  /** Its task is on the devices of the store. */
  sent(at: FulfilmentAt, step: PlainStep, ask: OrderAsk): Promise<OrderAnswer>;
  accept(at: FulfilmentAt, step: PlainStep, ask: OrderAsk): Promise<OrderAnswer>;
  /** Units were set aside; without lines picking has begun. */
  pick(at: FulfilmentAt, step: PickStep, ask: OrderAsk): Promise<OrderAnswer>;
  /** Units cannot be had here: the reservation falls, a notice with alternatives waits to be told. */
  short(at: FulfilmentAt, step: ShortStep, ask: OrderAsk): Promise<OrderAnswer>;
  ready(at: FulfilmentAt, step: PlainStep, ask: OrderAsk): Promise<OrderAnswer>;
  arrive(at: FulfilmentAt, step: ArriveStep, ask: OrderAsk): Promise<OrderAnswer>;
  /** Handed to the customer: publishes the sale and answers after its receipt. */
  collect(at: FulfilmentAt, step: CollectStep, ask: OrderAsk): Promise<OrderAnswer>;
  /** Handed to a carrier: publishes the sale and answers after its receipt. */
  ship(at: FulfilmentAt, step: ShipStep, ask: OrderAsk): Promise<OrderAnswer>;
  deliver(at: FulfilmentAt, step: PlainStep, ask: OrderAsk): Promise<OrderAnswer>;
  change(orderId: string, command: ChangeCommand, ask: OrderAsk): Promise<OrderAnswer>;
  cancel(orderId: string, command: CancelCommand, ask: OrderAsk): Promise<OrderAnswer>;
  told(orderId: string, command: ToldCommand, ask: OrderAsk): Promise<OrderAnswer>;
  /** Units that were taken back elsewhere are noted on their order; stock is not moved by it. */
  returned(orderId: string, command: ReturnedCommand, ask: OrderAsk): Promise<OrderAnswer>;

  /** As it is now (a hold that ended uncollected is a no-show at once), durable; null when there is none. */
  find(orderId: string): Promise<Order | null>;
  /** Orders in memory (open, or ended in the last day), the newest first; only what is durable. */
  list(
    filter: (order: Order) => boolean,
    beforeOrdinal: number,
    limit: number,
  ): { ordinal: number; order: Order }[];
  /** What the customer who waits outside said of their vehicle: in memory only, null when it is not known. */
  vehicleOf(at: FulfilmentAt): string | null;
  /**
   * Called with changes that are durable, in their order, on the server that is the writer; never twice in one process. After a
   * restart it begins with the changes after those that were durable then: read what was before with `list`.
   */
  onChanged(listener: (events: readonly OrderEvent[]) => void): void;
};
