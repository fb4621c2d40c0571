import { randomUUID } from "node:crypto";
import { z } from "zod";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { type Miss, missSchema, type MissWish, type SaveMiss } from "../../domain/misses/miss.ts";
import type { Actor } from "../../domain/orders/order-step.ts";
import type { AvailabilityReader } from "../availability/availability-reader.ts";
import type { DocumentLog, KeptAnswer } from "../commit-log/document-log.ts";
import { createSerial } from "../commit-log/serial.ts";
import { createSharedAnswers } from "../commit-log/shared-answers.ts";
import type { OrderDesk } from "../orders/order-desk.ts";
import { HttpProblem } from "../problems.ts";
import { type CommandKey, problemAnswer, type StoredAnswer } from "../reservations/granting-writer.ts";
import type { FindAlternatives } from "../reservations/find-alternatives.ts";

export type MissAsk = { actor: Actor; key: CommandKey; locationId: string | null };
export type MissDesk = ReturnType<typeof createMissDesk>;

const storedText = z.string().transform((text) => missSchema.parse(JSON.parse(text)));

/** Counts what could not be had, and makes an order elsewhere of it: once, whatever is repeated. */
export function createMissDesk(deps: {
  log: DocumentLog;
  orders: Pick<OrderDesk, "place">;
  reader: AvailabilityReader;
  findAlternatives: FindAlternatives;
  nowMs(): number;
  /** Of changes that are durable. */
  onChanged(kind: string, miss: Miss): void;
}) {
  const { log } = deps;
  const { run: inTurn } = createSerial();
  const sharedAnswer = createSharedAnswers();
  const at = () => new Date(deps.nowMs()).toISOString();

  async function write(kind: string, miss: Miss, answer: KeptAnswer | null): Promise<void> {
    await log.write({
      kind,
      documentId: miss.missId,
      originId: "",
      isOpen: miss.status === "saving",
      document: miss,
      answer,
    });
    deps.onChanged(kind, miss);
  }

  async function find(missId: string): Promise<Miss> {
    const text = await log.find(missId);
    if (text === null) throw new HttpProblem("miss_not_found", `There is no miss ${missId}.`);
    return storedText.parse(text);
  }

  async function record(wish: MissWish, gtin: number, ask: MissAsk): Promise<StoredAnswer> {
    const asked = { channel: wish.channel, quantity: wish.quantity, confidence: null };
    const now = at();
    const miss: Miss = {
      missId: randomUUID(),
      status: "open",
      locationId: wish.locationId,
      gtin: gtinFromNumber(gtin),
      quantity: wish.quantity,
      channel: wish.channel,
      by: wish.by,
      customerId: wish.customerId ?? null,
      actor: ask.actor,
      availableHere: Math.max(0, deps.reader.unitsFor(wish.locationId, gtin, asked)),
      alternatives: deps.findAlternatives(
        { locationId: wish.locationId, gtin, quantity: wish.quantity },
        asked,
      ),
      chosen: null,
      orderId: null,
      createdAt: now,
      changedAt: now,
      version: 1,
    };
    const answer = { status: 201, text: JSON.stringify(miss) };
    await write("missed", miss, { ...ask.key, ...answer });
    return answer;
  }

  /** Places the order of a miss that is being saved; the same again after a crash. */
  async function finish(miss: Miss, key: CommandKey | null): Promise<StoredAnswer> {
    const { chosen, missId } = miss;
    if (chosen === null) throw new Error(`the miss ${missId} is being saved nowhere`);
    const customerId = chosen.customerId ?? miss.customerId;
    const placed = await deps.orders.place(
      {
        channel: miss.channel,
        currency: chosen.currency ?? "EUR",
        origin: { kind: "saved_sale", id: missId },
        ...(customerId === null ? {} : { customerId }),
        lines: [
          {
            gtin: miss.gtin,
            quantity: chosen.quantity ?? miss.quantity,
            method: chosen.method,
            locationId: chosen.locationId,
            ...(chosen.unitPrice === undefined ? {} : { unitPrice: chosen.unitPrice }),
          },
        ],
        partial: false,
      },
      {
        actor: chosen.actor ?? miss.actor,
        key: { scope: "misses", key: `${missId}.${miss.version}`, requestHash: "save" },
      },
    );
    const change = { changedAt: at(), version: miss.version + 1 };
    if (!placed.ok) {
      const answer = { status: placed.status, text: placed.text };
      const open: Miss = { ...miss, ...change, status: "open", chosen: null };
      await write("not_saved", open, key === null ? null : { ...key, ...answer });
      return answer;
    }
    const saved: Miss = { ...miss, ...change, status: "saved", orderId: placed.order.orderId };
    const answer = { status: 200, text: JSON.stringify(saved) };
    await write("saved", saved, key === null ? null : { ...key, ...answer });
    return answer;
  }

  async function save(missId: string, chosen: SaveMiss, ask: MissAsk): Promise<StoredAnswer> {
    const miss = await find(missId);
    if (ask.locationId !== null && ask.locationId !== miss.locationId) {
      const detail = `The key speaks for ${ask.locationId}, not ${miss.locationId}.`;
      throw new HttpProblem("location_not_allowed", detail, { allowed: ask.locationId });
    }
    if (miss.status !== "open") {
      const { status: state, orderId } = miss;
      return problemAnswer(new HttpProblem("miss_state", `It is ${state}.`, { state, orderId }));
    }
    const saving: Miss = {
      ...miss,
      status: "saving",
      chosen: { ...chosen, actor: ask.actor },
      changedAt: at(),
      version: miss.version + 1,
    };
    await write("saving", saving, { ...ask.key, status: 0, text: "" });
    return await finish(saving, ask.key);
  }

  function answered(ask: MissAsk, work: () => Promise<StoredAnswer>): Promise<StoredAnswer> {
    return sharedAnswer(ask.key, async () => {
      log.checkWriter();
      const kept = await log.answerTo(ask.key);
      if (kept === null) return await work();
      if (kept.status !== 0) return kept;
      return await inTurn(kept.documentId, async () => {
        const miss = await find(kept.documentId);
        if (miss.status === "saving") return await finish(miss, ask.key);
        return { status: 200, text: JSON.stringify(miss) };
      });
    });
  }

  return {
    record: (wish: MissWish, gtin: number, ask: MissAsk) => answered(ask, () => record(wish, gtin, ask)),
    save: (missId: string, chosen: SaveMiss, ask: MissAsk) =>
      answered(ask, () => inTurn(missId, () => save(missId, chosen, ask))),
    find,
    /** What a crash left in the middle. */
    goOn: (missId: string) =>
      inTurn(missId, async () => {
        const miss = await find(missId);
        if (miss.status === "saving") await finish(miss, null);
      }),
  };
}
