import type { OrderRefusal } from "../../domain/orders/decisions/order-decision.ts";
import { HttpProblem, type ProblemCode } from "../problems.ts";
import { problemAnswer, type StoredAnswer } from "../reservations/granting-writer.ts";
import type { Asker } from "../reservations/refusal-problem.ts";
import type { ReservationRefusal } from "../../domain/reservations/decisions/decision.ts";

/** A refusal as it is answered. Those of reservations are answered as reservations answer them. */
export function createOrderProblem(deps: {
  toProblem(refusal: ReservationRefusal, asker: Asker): HttpProblem;
}) {
  return (refusal: OrderRefusal, asker: Asker): HttpProblem => {
    switch (refusal.code) {
      case "order_state":
        return new HttpProblem("order_state", `It is ${refusal.status}. ${refusal.detail}`, {
          state: refusal.status,
        });
      case "order_exists":
        return new HttpProblem("order_exists", `There is an order ${refusal.orderId} already.`, {
          orderId: refusal.orderId,
        });
      case "fulfilment_not_found":
        return new HttpProblem("fulfilment_not_found", refusal.detail);
      case "wrong_location":
        return new HttpProblem("wrong_location", `It is of ${refusal.locationId}.`);
      case "wrong_pickup_code":
        return new HttpProblem(
          "wrong_pickup_code",
          refusal.attemptsLeft === 0 ? "No more codes are heard." : "It is not the code of this pickup.",
          { attemptsLeft: refusal.attemptsLeft },
        );
      case "epc_not_of_order":
        return new HttpProblem("epc_not_of_order", refusal.detail, { epc: refusal.epc });
      case "insufficient_availability":
      case "reservation_state":
      case "invalid_request":
        return deps.toProblem(refusal, asker);
      default:
        return refusal satisfies never;
    }
  };
}

/** A problem as it is answered and kept. */
export function plainProblem(code: ProblemCode, detail: string): StoredAnswer {
  return problemAnswer(new HttpProblem(code, detail));
}
