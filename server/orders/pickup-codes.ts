import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import type { SecretBox } from "../webhooks/secret-box.ts";
import type { FulfilmentAt } from "./order-desk.ts";

const SECRET_BYTES = 32;
const NAME = "pickup_code";

export type PickupCodes = ReturnType<typeof createPickupCodes>;

/**
 * The code that a customer shows is made of the ids of the fulfilment and a secret of this installation (HMAC-SHA256, then six
 * digits as RFC 4226 §5.3 takes them). So no code is stored anywhere, a repeated answer has the same one, and who reads the
 * orders in the database cannot make it.
 */
export function createPickupCodes(deps: { db: Database; box: SecretBox; nowMs(): number }) {
  let secret: Buffer | null = null;

  async function load(): Promise<Buffer> {
    const rows = await deps.db.query({
      name: "orders/secrets",
      sql: loadQuery("orders/secrets"),
      params: { name: NAME },
      row: z.object({ secret: z.string() }),
    });
    for (const row of rows) {
      const opened = deps.box.open(row.secret);
      if (opened !== null && opened !== "") return Buffer.from(opened, "base64");
    }
    const made = randomBytes(SECRET_BYTES);
    await deps.db.insert({
      name: "orders/save-secret",
      table: "order_secrets",
      columns: ["name", "secret", "created_at"],
      rows: [[NAME, deps.box.close(made.toString("base64")), deps.nowMs() / 1000]],
    });
    // Two servers that begin at once make two: both go on with the oldest.
    return rows.length === 0 ? await load() : made;
  }

  return {
    /** Six digits. Reads the secret at the first call. */
    async codeOf({ orderId, fulfilmentId }: FulfilmentAt): Promise<string> {
      secret ??= await load();
      const digest = createHmac("sha256", secret).update(`${orderId} ${fulfilmentId}`).digest();
      const offset = (digest[digest.length - 1] ?? 0) & 0x0f;
      const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
      return String(number % 1_000_000).padStart(6, "0");
    },
    /** Compares in constant time. */
    async isRight(at: FulfilmentAt, code: string): Promise<boolean> {
      const right = Buffer.from(await this.codeOf(at));
      const given = Buffer.from(code);
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
}
