import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isEventPattern, matchesEventType } from "../../domain/webhooks/webhook-event-types.ts";
import { isPublicAddress } from "./public-address.ts";
import { nextAttemptAtMs } from "./retry-schedule.ts";
import { createSecretBox } from "./secret-box.ts";
import { signWebhook } from "./webhook-signature.ts";

test("a signature is the one of the Standard Webhooks scheme", () => {
  // The example of the scheme's own libraries.
  const secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];
  const message = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1614265330, body: '{"test": 2432232314}' };
  expect(signWebhook(secrets, message)).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});

describe("addresses", () => {
  test.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1"])(
    "%s is public",
    (one) => {
      expect(isPublicAddress(one)).toBe(true);
    },
  );
  test.each([
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2001::1",
    "2001:db8::1",
    "localhost",
  ])("%s is not", (one) => {
    expect(isPublicAddress(one)).toBe(false);
  });
});

test("tries go on for a day, further and further apart, and never at a fixed beat", () => {
  const giveUpAfterMs = 24 * 3_600_000;
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 60 }),
      (chances) => {
        let nowMs = 0;
        let attempts = 0;
        for (const chance of chances) {
          attempts += 1;
          const atMs = nextAttemptAtMs({ createdAtMs: 0, attempts }, nowMs, chance, { giveUpAfterMs });
          if (atMs === null) break;
          const ceilingMs = Math.min(7_200_000, 5000 * 2 ** (attempts - 1));
          expect(atMs - nowMs).toBeGreaterThanOrEqual(ceilingMs / 2 - 1);
          expect(atMs - nowMs).toBeLessThanOrEqual(ceilingMs);
          nowMs = atMs;
        }
        expect(nowMs).toBeGreaterThan(giveUpAfterMs - 7_200_000);
        expect(attempts).toBeGreaterThan(18);
        expect(attempts).toBeLessThan(40);
      },
    ),
  );
});

test("a secret comes back from its box with the same key alone", () => {
  const stored = createSecretBox("one").close("whsec_x");
  expect(stored).toMatch(/^enc:/);
  expect(createSecretBox("one").open(stored)).toBe("whsec_x");
  expect(createSecretBox("two").open(stored)).toBeNull();
  expect(createSecretBox("").open(stored)).toBeNull();
  expect(createSecretBox("one").open(createSecretBox("").close("whsec_x"))).toBe("whsec_x");
});

test("a pattern takes in its type, its area or everything, and is refused when it names nothing", () => {
  expect(matchesEventType("hold.*", "hold.expired")).toBe(true);
  expect(matchesEventType("hold.*", "reservation.confirmed")).toBe(false);
  expect(matchesEventType("*", "availability.changed")).toBe(true);
  expect(["hold.*", "*", "hold.expired", "hold", "orders.*", "", ".*"].map(isEventPattern)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
