import { expect, test } from "vitest";
import { withRecent } from "./recent-places.ts";
import { whatMayBe } from "./what-may-be.ts";

test("a place stands once, the last one first, and six are kept", () => {
  const place = (to: string) => ({ to, label: to });
  const places = ["/a", "/b", "/c", "/b", "/d", "/e", "/f", "/g"].reduce<ReturnType<typeof withRecent>>(
    (kept, to) => withRecent(kept, place(to)),
    [],
  );
  expect(places.map(({ to }) => to)).toEqual(["/g", "/f", "/e", "/d", "/b", "/c"]);
});

test("words with a digit may be an order's number, and hex or a URN a tag; a plain word is neither", () => {
  expect(whatMayBe("  web-10021 ")).toEqual({ orderId: "web-10021", epc: null });
  expect(whatMayBe("30164433400D1EC0000003E9")).toEqual({
    orderId: "30164433400D1EC0000003E9",
    epc: "30164433400D1EC0000003E9",
  });
  expect(whatMayBe("urn:epc:id:sgtin:8061414.112345.1").epc).toBe("urn:epc:id:sgtin:8061414.112345.1");
  expect(whatMayBe("scarf")).toEqual({ orderId: null, epc: null });
  expect(whatMayBe("wool scarf 2")).toEqual({ orderId: null, epc: null });
});
