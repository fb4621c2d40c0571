import { describe, expect, it } from "vitest";
import { availabilityItemSchema } from "../../domain/availability/availability-item.ts";
import { reservationSchema } from "../../domain/reservations/reservation.ts";
import { webhookBodySchema, webhookWishSchema } from "../../domain/webhooks/webhook.ts";
import { WEBHOOK_EVENT_TYPES } from "../../domain/webhooks/webhook-event-types.ts";
import { signWebhook } from "../../server/webhooks/webhook-signature.ts";
import { readProjectFile, tableRows } from "./source-text.ts";

const document = readProjectFile("docs/webhooks.md");
const bodies = [...document.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = ""]) =>
  webhookBodySchema.parse(JSON.parse(text)),
);

describe("docs/webhooks.md", () => {
  it("names every type of event with its meaning", () => {
    const rows = tableRows(document).filter(([name]) => /^`[a-z]+\.[a-z_]+`$/.test(name ?? ""));
    expect(rows).toEqual(
      Object.entries(WEBHOOK_EVENT_TYPES).map(([name, meaning]) => [`\`${name}\``, meaning]),
    );
  });

  it("shows a wish and bodies as the schemas have them", () => {
    const [, wish = ""] = /-d '(\{[\s\S]*?\})'/.exec(document) ?? [];
    expect(webhookWishSchema.safeParse(JSON.parse(wish)).success).toBe(true);
    expect(bodies.map(({ type }) => type)).toEqual(["availability.changed", "hold.at_risk"]);
    for (const { type, data } of bodies) {
      const items = Array.isArray(data["items"]) ? data["items"] : [];
      expect(items.map((item) => availabilityItemSchema.safeParse(item).success)).toEqual(
        items.map(() => true),
      );
      expect(type.startsWith("hold.") === reservationSchema.safeParse(data["reservation"]).success).toBe(
        true,
      );
    }
  });

  it("checks a signature as it tells to", async () => {
    const [, code = ""] = /```js\n([\s\S]*?)```/.exec(document) ?? [];
    const { isFromOnhand } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const secret = `whsec_${Buffer.from("a key of some length").toString("base64")}`;
    const message = { id: "msg_1", timestamp: 1_700_000_000, body: '{"type":"webhook.test"}' };
    const headers = {
      "webhook-id": message.id,
      "webhook-timestamp": String(message.timestamp),
      "webhook-signature": signWebhook(["whsec_b3RoZXI=", secret], message),
    };
    expect(isFromOnhand(secret, headers, message.body)).toBe(true);
    expect(isFromOnhand(secret, headers, `${message.body} `)).toBe(false);
  });
});
