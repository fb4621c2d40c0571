import type { TFunction } from "i18next";
import type { FulfilmentMethod, FulfilmentStatus } from "../../../domain/orders/order.ts";
import type { Actor, OrderCause, OrderEventKind } from "../../../domain/orders/order-step.ts";

export function statusWords(t: TFunction): Record<FulfilmentStatus, string> {
  return {
    allocated: t("Held"),
    sent_to_store: t("Sent to the store"),
    accepted: t("Accepted"),
    picking: t("Being picked"),
    ready: t("Ready"),
    arrived: t("Customer waits"),
    shipped: t("Shipped"),
    collected: t("Collected"),
    delivered: t("Delivered"),
    short: t("Short"),
    cancelled: t("Cancelled"),
    no_show: t("Not collected"),
    returned: t("Returned"),
  };
}

export function methodWords(t: TFunction): Record<FulfilmentMethod, string> {
  return {
    carry_out: t("Carried out"),
    pickup: t("Pickup in the store"),
    curbside: t("Curbside"),
    ship_from_store: t("Parcel from the store"),
    ship_from_warehouse: t("Parcel from the warehouse"),
    delivery: t("Delivery"),
  };
}

export function causeWords(t: TFunction): Record<OrderCause, string> {
  return {
    customer: t("the customer's wish"),
    payment: t("payment"),
    not_found: t("not found"),
    damaged: t("damaged"),
    sold_in_store: t("sold in the store"),
    late: t("too late"),
    no_show: t("not collected"),
    store_closed: t("store closed"),
    carrier: t("carrier"),
    fraud: t("fraud"),
    system: t("system"),
  };
}

export function eventWords(t: TFunction): Record<OrderEventKind, string> {
  return {
    placed: t("Placed"),
    allocated: t("Units held"),
    sent_to_store: t("Sent to the store's devices"),
    accepted: t("Taken on by the store"),
    picking: t("Picking begun"),
    picked: t("Units set aside"),
    shorted: t("Units not found"),
    ready: t("Ready"),
    arrived: t("Customer arrived"),
    handing_over: t("Being handed over"),
    hand_over_refused: t("Hand-over refused by the ledger"),
    collected: t("Collected"),
    shipped: t("Handed to the carrier"),
    delivered: t("Delivered"),
    changed: t("Changed"),
    cancelled: t("Cancelled"),
    no_show: t("Not collected in time"),
    told: t("Customer told"),
    code_refused: t("Wrong pickup code"),
    returned: t("Came back"),
    recovered: t("Units held anew"),
  };
}

export function actorWords(t: TFunction): Record<Actor["kind"], string> {
  return { customer: t("customer"), staff: t("staff"), device: t("device"), system: t("Onhand") };
}
