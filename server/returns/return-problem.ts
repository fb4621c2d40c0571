import type { ReturnRefusal } from "../../domain/returns/decide-return.ts";
import type { Return } from "../../domain/returns/return.ts";
import { HttpProblem } from "../problems.ts";

/** A refusal as it is answered, with what the caller needs to go on. */
export function returnProblem(refusal: ReturnRefusal): HttpProblem {
  switch (refusal.code) {
    case "more_than_handed_over": {
      const [first] = refusal.lines;
      const detail = `Of ${first?.gtin ?? "a product"} ${first?.left ?? 0} units are left to return, ${first?.requested ?? 0} were named.`;
      return new HttpProblem("more_than_handed_over", detail, { lines: refusal.lines });
    }
    case "return_not_clear": {
      const flags = [...new Set(refusal.flags.map(({ flag }) => flag))];
      return new HttpProblem("return_not_clear", `${flags.join(", ")}.`, { flags: refusal.flags });
    }
    case "invalid_request":
      return new HttpProblem("invalid_request", refusal.detail);
    case "item_of_other_product":
      return new HttpProblem("item_of_other_product", `The item ${refusal.epc} is of GTIN ${refusal.gtin}.`, {
        epc: refusal.epc,
        gtin: refusal.gtin,
      });
    default:
      return refusal satisfies never;
  }
}

/** What is answered for a return that ended refused. */
export function refusedReturnProblem(one: Return): HttpProblem {
  const detail = one.refusal?.detail ?? "";
  return new HttpProblem("return_rejected", detail, {
    returnId: one.returnId,
    reason: one.refusal?.code ?? "",
  });
}
