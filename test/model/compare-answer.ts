import type { NaiveAnswer } from "./naive-reservation.ts";

/** `answer` null: only the status is told. `isRepeat`: it is the first answer to a key once more. */
export type Expected = { status: number; answer: NaiveAnswer | null; isRepeat?: boolean };

/** Two implementations disagree, or a promise was broken. */
export class OutOfStep extends Error {
  override readonly name = "OutOfStep";
}

export function compareAnswer(expected: Expected, given: { status: number; text: string }): void {
  const { answer } = expected;
  same(`status of the answer ${given.text}`, given.status, expected.status);
  if (answer === null || answer.status === 404 || answer.status === 400) return;
  const body: unknown = JSON.parse(given.text);
  if ("reservation" in answer) {
    const { status, id, lines, endMs } = answer.reservation;
    const real = body as { reservationId: string; status: string; lines: { quantity: number }[] } & Record<
      string,
      string | null
    >;
    same("reservation of the answer", real.reservationId, id);
    same("status in the answer", real.status, status);
    same(
      "units in the answer",
      real.lines.map((line) => line.quantity).join(),
      lines.map((line) => line.quantity).join(),
    );
    const end = real["expiresAt"] ?? real["holdUntil"];
    const isLive = status === "held" || status === "confirmed" || status === "picked";
    if (isLive) same("end in the answer", end, new Date(endMs).toISOString());
    return;
  }
  const { refusal } = body as { refusal: Record<string, unknown> };
  if ("state" in answer) return same("state in the refusal", refusal["status"], answer.state);
  const shortfalls = refusal["shortfalls"] as { quantity: number; available: number }[] | undefined;
  same(
    "shortfalls",
    shortfalls?.map((line) => `${line.quantity} of ${line.available}`).join(),
    answer.shortfalls.map((line) => `${line.requested} of ${line.available}`).join(),
  );
}

export function same(what: string, real: unknown, naive: unknown): void {
  if (real !== naive) throw new OutOfStep(`${what}: ${String(real)}, by the naive rules ${String(naive)}`);
}
