import type { Stock } from "./steps.ts";

export type NaiveStatus =
  | "held"
  | "confirmed"
  | "picked"
  | "fulfilled"
  | "released"
  | "expired"
  | "short"
  | "transferred";

export type NaiveLine = Stock & { requested: number; quantity: number; taken: number };

export type NaiveReservation = {
  id: string;
  /** Its place in the queue for stock. */
  place: number;
  /** As the last command left it; time and the ledger are looked at when it is asked for. */
  told: NaiveStatus;
  createdMs: number;
  endMs: number;
  sale: {
    keptMs: number;
    takenBefore: number;
    units: number;
    lines: (Stock & { quantity: number })[];
  } | null;
  lines: NaiveLine[];
};

export type NaiveAnswer =
  | { status: 200 | 201; reservation: NaiveView }
  | { status: 409; state: NaiveStatus }
  | { status: 409; shortfalls: { locationId: string; gtin: number; requested: number; available: number }[] }
  | { status: 404 }
  | { status: 400 };

export type NaiveView = {
  id: string;
  status: NaiveStatus;
  endMs: number;
  lines: { locationId: string; gtin: number; quantity: number; fulfilled: number }[];
};
