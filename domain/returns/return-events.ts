import type { StateChangeEvent } from "../events/state-change-event.ts";
import type { TillEvent } from "../events/stock-event.ts";
import type { Inspection, Return } from "./return.ts";

/** The till that returns come from, as the ledger names it. */
const TERMINAL_ID = "returns";

type TillLine = NonNullable<TillEvent["lines"]>[number];

/** The till's event of a return: the same for each repeat, so that it never counts twice. */
export function tillReturnOf(one: Return): TillEvent {
  const lines: Omit<TillLine, "lineNo">[] = one.lines.flatMap((line) => {
    const named = line.items.filter((item) => item.isNamed);
    const shared = {
      gtin: line.gtin,
      state: line.condition,
      reason: line.reason,
      ...linkOf(one),
    };
    const rest = line.quantity - named.length;
    return [
      ...named.map(({ epc }) => Object.assign({ epc, quantity: 1 }, shared)),
      ...(rest > 0 ? [{ ...shared, quantity: rest }] : []),
    ];
  });
  return {
    type: "return",
    terminalId: TERMINAL_ID,
    transactionId: one.returnId,
    occurredAt: one.createdAt,
    lines: lines.map((line, index) => Object.assign({ lineNo: index + 1 }, line)),
  };
}

function linkOf({ boughtIn }: Return): Pick<TillLine, "orderId" | "original"> {
  if (boughtIn.kind === "order") return { orderId: boughtIn.id };
  if (boughtIn.kind === "imported_order") return { orderId: boughtIn.id.slice(boughtIn.id.indexOf("/") + 1) };
  if (boughtIn.kind === "unknown") return {};
  const [storeId = "", , ...rest] = boughtIn.id.split("/");
  return { original: { storeId, transactionId: rest.join("/") } };
}

/** What a look found, as a change of state of the units. */
export function stateChangeOf(one: Return, inspection: Inspection): StateChangeEvent {
  const line = one.lines.find(({ lineNo }) => lineNo === inspection.lineNo);
  const isNamed = (epc: string) => line?.items.some((item) => item.epc === epc && item.isNamed) ?? false;
  const epcs = inspection.epcs.filter(isNamed);
  const rest = inspection.quantity - epcs.length;
  const shared = { gtin: line?.gtin ?? "", from: "inspect", to: inspection.to } as const;
  return {
    type: "state_change",
    eventId: `return.${one.returnId}.${inspection.number}`,
    occurredAt: inspection.at,
    reason: `return ${one.returnId}`,
    lines: [
      ...epcs.map((epc) => Object.assign({ epc, quantity: 1 }, shared)),
      ...(rest > 0 ? [{ ...shared, quantity: rest }] : []),
    ],
  };
}
