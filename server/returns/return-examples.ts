const ACTOR = { kind: "staff", id: "till-key" };

export const RETURN_WISH_EXAMPLE = {
  locationId: "store-2",
  orderId: "web-10021",
  lines: [{ gtin: "09506000134352", quantity: 1, reason: "wrong_size", condition: "inspect" }],
};

export const RETURN_EXAMPLE = {
  returnId: "6f2c1d8e-3b51-4c5c-9a0e-51a6f0a5d1c7",
  status: "inspect",
  locationId: "store-2",
  channel: "store",
  customerId: null,
  boughtIn: { kind: "order", id: "web-10021", channel: "web", method: "pickup" },
  actor: ACTOR,
  createdAt: "2026-03-02T10:15:00.000Z",
  changedAt: "2026-03-02T10:15:00.084Z",
  takenAt: "2026-03-02T10:15:00.062Z",
  isNoted: true,
  override: null,
  lines: [
    {
      lineNo: 1,
      gtin: "09506000134352",
      quantity: 1,
      reason: "wrong_size",
      condition: "inspect",
      linkedLineId: "1",
      flags: [],
      items: [],
      units: { sellable: 0, inspect: 1, damaged: 0, display_only: 0 },
    },
  ],
  inspections: [],
  exchange: null,
  exchangeOrderId: null,
  refusal: null,
  version: 3,
};

export const INSPECT_EXAMPLE = { lines: [{ lineNo: 1, to: "sellable" }] };

export const INSPECTED_EXAMPLE = {
  ...RETURN_EXAMPLE,
  status: "done",
  changedAt: "2026-03-02T10:31:12.530Z",
  lines: RETURN_EXAMPLE.lines.map((line) =>
    Object.assign({}, line, { units: { sellable: 1, inspect: 0, damaged: 0, display_only: 0 } }),
  ),
  inspections: [
    {
      number: 1,
      lineNo: 1,
      quantity: 1,
      epcs: [],
      to: "sellable",
      at: "2026-03-02T10:31:12.511Z",
      actor: ACTOR,
      recordedAt: "2026-03-02T10:31:12.530Z",
      refusal: null,
    },
  ],
  version: 5,
};

export const PURCHASE_EXAMPLE = {
  boughtIn: RETURN_EXAMPLE.boughtIn,
  lines: [{ lineId: "1", gtin: "09506000134352", handedOver: 2, left: 1, epcs: [] }],
};
