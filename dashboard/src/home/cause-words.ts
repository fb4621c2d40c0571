import type { TFunction } from "i18next";
import type { OrderCause } from "../../../domain/orders/order-step.ts";

/** Why a customer did not get units, within a sentence. */
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
