import { randomUUID } from "node:crypto";
import { gtinOfEpc } from "../../domain/epc/identity.ts";
import { type ItemFact, decideReturn } from "../../domain/returns/decide-return.ts";
import { decideInspection } from "../../domain/returns/change-return.ts";
import { purchaseOf } from "../../domain/returns/origin-lines.ts";
import type { InspectWish, Purchase, Return, ReturnWish } from "../../domain/returns/return.ts";
import type { Actor } from "../../domain/orders/order-step.ts";
import type { DocumentLog } from "../commit-log/document-log.ts";
import { createSerial } from "../commit-log/serial.ts";
import { createSharedAnswers } from "../commit-log/shared-answers.ts";
import { HttpProblem } from "../problems.ts";
import { type CommandKey, problemAnswer, type StoredAnswer } from "../reservations/granting-writer.ts";
import type { createFindOrigin, OriginWish } from "./find-origin.ts";
import { refusedReturnProblem, returnProblem } from "./return-problem.ts";
import type { ReturnProgress } from "./return-progress.ts";
import type { ReturnStore } from "./return-store.ts";
import type { ReturnsInMemory } from "./returns-in-memory.ts";

/** Decided anew when another return of the same was noted in between. */
const MAX_DECISIONS = 5;

export type ReturnAsk = { actor: Actor; key: CommandKey };
/** A return with steps to do, or an answer that is all. */
type Begun = { returnId: string } | StoredAnswer;
export type ReturnDesk = ReturnType<typeof createReturnDesk>;

/**
 * Takes goods back. What is decided is durable before anything is moved; then it goes step by step (`return-progress`), and a
 * repeat of the key goes on where it broke off.
 */
export function createReturnDesk(deps: {
  log: DocumentLog;
  memory: ReturnsInMemory;
  store: ReturnStore;
  progress: ReturnProgress;
  findOrigin: ReturnType<typeof createFindOrigin>;
  /** Throws `invalid_epc`. */
  identityOf(epc: string): string;
  nowMs(): number;
}) {
  const { log, memory, store, progress } = deps;
  const { run: inTurn } = createSerial();
  const sharedAnswer = createSharedAnswers();
  const at = () => new Date(deps.nowMs()).toISOString();

  /** The kept answer of a key, or what `work` makes of a new one. What was begun under the key is finished first. */
  function answered(ask: ReturnAsk, status: number, work: () => Promise<Begun>): Promise<StoredAnswer> {
    return sharedAnswer(ask.key, async () => {
      log.checkWriter();
      const kept = await log.answerTo(ask.key);
      if (kept !== null && kept.status !== 0) return kept;
      const begun = kept === null ? await work() : { returnId: kept.documentId };
      return "returnId" in begun ? await finish(begun.returnId, ask.key, status) : begun;
    });
  }

  async function finish(returnId: string, key: CommandKey, status: number): Promise<StoredAnswer> {
    await memory.load(returnId);
    const problem = await progress.goOn(returnId);
    const one = memory.get(returnId);
    if (one === null) throw new Error(`the return ${returnId} is gone`);
    const isRefused = one.status === "refused";
    const ended = problem ?? (isRefused ? problemAnswer(refusedReturnProblem(one)) : null);
    return await keep(key, ended ?? { status, text: JSON.stringify(one) });
  }

  /** A refusal is kept too: the same question gets the same answer. */
  const refuse = (key: CommandKey, problem: HttpProblem) => keep(key, problemAnswer(problem));

  async function keep(key: CommandKey, answer: StoredAnswer): Promise<StoredAnswer> {
    await log.write({
      kind: "answered",
      documentId: "",
      originId: "",
      isOpen: false,
      document: null,
      answer: { ...key, ...answer },
    });
    return answer;
  }

  async function factsOf(wish: ReturnWish): Promise<ItemFact[][]> {
    const identities = wish.lines.map((line) => line.epcs.map(deps.identityOf));
    const known = await store.itemFacts(identities.flat());
    const nothing = { soldIn: null, soldAtMs: null, isBack: false, isOnHand: false };
    return identities.map((epcs) =>
      epcs.map((epc) => known.get(epc) ?? { epc, gtin: gtinOfEpc(epc), ...nothing }),
    );
  }

  async function begin(wish: ReturnWish, ask: ReturnAsk): Promise<Begun> {
    const returnId = randomUUID();
    for (let decisions = 1; ; decisions += 1) {
      const known = memory.all();
      const facts = await factsOf(wish);
      const areAllItems = wish.lines.every((line) => line.epcs.length === line.quantity);
      const soldIn = areAllItems ? facts.flat().map((fact) => fact.soldIn) : [];
      const origin = await deps.findOrigin(wish, soldIn);
      const decision = decideReturn({ returnId, at: at(), actor: ask.actor, wish, origin, facts, known });
      if (!decision.ok) {
        // What was noted between reading memory and the order counts twice here.
        if (memory.hasChangedSince(known) && decisions < MAX_DECISIONS) continue;
        return await refuse(ask.key, returnProblem(decision.refusal));
      }
      await memory.write("begun", decision.made, { ...ask.key, status: 0, text: "" });
      return { returnId };
    }
  }

  async function inspect(returnId: string, wish: InspectWish, ask: ReturnAsk): Promise<Begun> {
    const one = memory.get(returnId);
    if (one === null) throw new HttpProblem("return_not_found", `There is no return ${returnId}.`);
    if (one.status === "taking" || one.status === "refused") {
      return await refuse(
        ask.key,
        new HttpProblem("return_state", `It is ${one.status}.`, { state: one.status }),
      );
    }
    const epcsOf = wish.lines.map((line) => line.epcs.map(deps.identityOf));
    const decision = decideInspection(one, wish, { at: at(), actor: ask.actor, epcsOf });
    if (!decision.ok) {
      const { lineNo, requested, waiting } = decision.refusal;
      const detail = `Line ${lineNo} has ${waiting} units that wait for a look; ${requested} were named.`;
      return await refuse(ask.key, new HttpProblem("nothing_to_inspect", detail, { ...decision.refusal }));
    }
    await memory.write("inspecting", decision.made, { ...ask.key, status: 0, text: "" });
    return { returnId };
  }

  return {
    /** Decided one after the other: two returns never see the same unit as left. */
    take: (wish: ReturnWish, ask: ReturnAsk) =>
      answered(ask, 201, () => inTurn("begin", () => begin(wish, ask))),
    inspect: (returnId: string, wish: InspectWish, ask: ReturnAsk) =>
      answered(ask, 200, async () => {
        await memory.load(returnId);
        return await inspect(returnId, wish, ask);
      }),
    /** What was bought, by what names it or by one very item, and what of it can still come back. */
    async purchase(wish: OriginWish, epc: string | null): Promise<Purchase> {
      // Another server does not know what is under way.
      log.checkWriter();
      const facts = epc === null ? new Map() : await store.itemFacts([deps.identityOf(epc)]);
      const [fact] = facts.values();
      const origin = await deps.findOrigin(wish, fact === undefined ? [] : [fact.soldIn]);
      if (origin !== null) return purchaseOf(origin, memory.all());
      throw new HttpProblem("purchase_not_found", "No sale of this item is known.");
    },
    /** As it is now, durable; null when there is none. */
    find: (returnId: string): Promise<Return | null> => memory.load(returnId),
  };
}
