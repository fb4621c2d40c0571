import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOnhandClient, type OnhandClient } from "../../client/onhand-client.ts";
import type { Miss } from "../../domain/misses/miss.ts";
import type { Order } from "../../domain/orders/order.ts";
import { type Api, createApi, seedStore } from "../support/api.ts";
import { openBrowser } from "../support/browser.ts";
import { accessibilityProblems, overflow } from "../support/dashboard-browser.ts";
import { SCARF, scarf, scarfTag } from "../support/looking-data.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { connectStoreDevice } from "../support/store-device.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { untilAsync } from "../support/until.ts";

const CAP = "00614141999996";
const BAG = "00614141999989";

/** With a customer in front: what is not here is ordered elsewhere, goods are handed over by code and tag, and come back. */
describe("the store page at the counter", () => {
  let system: StartedSystem;
  let api: Api;
  let client: OnhandClient;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  const faults: string[] = [];

  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const nav = (name: string) => page.getByRole("navigation").getByRole("link", { name });
  const pickupAt = (locationId: string, gtin: string, quantity = 1, method = "pickup") =>
    ({ gtin, quantity, method, locationId }) as Parameters<
      OnhandClient["orders"]["place"]
    >[0]["lines"][number];

  /** Free of problems and no wider than the phone; in the dark too, where the state has colours of its own. */
  async function isFine(dark?: "dark too"): Promise<void> {
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    if (dark === undefined) return;
    await page.emulateMedia({ colorScheme: "dark" });
    await page.locator('html[data-theme="dark"]').waitFor();
    expect(await accessibilityProblems(page, "colours")).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
  }

  async function scan(text: string, press: string): Promise<void> {
    await page.locator(".scan-field input").fill(text);
    await button(press).click();
  }

  /** Of the next such call the server's answer is lost, though it was done. */
  async function loseAnswerTo(path: RegExp): Promise<void> {
    await browser.context.route(
      path,
      async (route) => {
        try {
          await route.fetch({ maxRetries: 3 });
        } finally {
          await route.abort();
        }
      },
      { times: 1 },
    );
  }

  /** Collected in the store by somebody whom its staff knew. */
  async function handedOver(orderId: string, gtin: string, quantity: number): Promise<void> {
    const at = { orderId, fulfilmentId: "f1" };
    await client.orders.place({ orderId, lines: [pickupAt("store-1", gtin, quantity)] });
    await client.orders.pick(at, { lines: [{ lineId: "1", quantity }] });
    await client.orders.ready(at, {});
    await client.orders.collect(at, { staffChecked: true });
  }

  beforeAll(async () => {
    system = await startSystem(temporaryDirectory("store-counter"));
    api = createApi(system);
    client = createOnhandClient({ baseUrl: system.url, key: system.token });
    await seedStore(api);
    await api("PATCH", "/v1/locations/store-1", { pickup: { hasCurbside: true } });
    await api("PUT", "/v1/locations/store-2", { locationId: "store-2", name: "New Town" });
    await api("PUT", "/v1/locations/store-3", { locationId: "store-3", name: "Harbour" });
    await api("PUT", `/v1/products/${SCARF}`, { gtin: SCARF, name: "Wool scarf, grey", price: "39.90" });
    await api("PUT", `/v1/products/${CAP}`, { gtin: CAP, name: "Knit cap", price: "19.90" });
    await api("PUT", `/v1/products/${BAG}`, { gtin: BAG, name: "Canvas bag", price: "24.50" });
    const stock: [string, object[]][] = [
      [
        "store-1",
        [
          { gtin: SCARF, quantity: 2, epcs: [scarfTag(1, 1), scarfTag(2, 1)] },
          { gtin: CAP, quantity: 9 },
        ],
      ],
      ["store-2", [{ gtin: BAG, quantity: 1 }]],
      ["store-3", [{ gtin: BAG, quantity: 4 }]],
    ];
    for (const [locationId, lines] of stock) {
      const device = await connectStoreDevice(api, system, locationId);
      await device.publish("stock", "erp", {
        type: "receipt",
        eventId: `in-${locationId}`,
        occurredAt: new Date().toISOString(),
        lines,
      });
      await device.end();
    }
    await untilAsync("the goods are there", async () => {
      const [bags, caps] = [await client.availability.get(BAG), await client.availability.get(CAP)];
      const units = [...bags.items, ...caps.items].reduce((sum, { available }) => sum + available, 0);
      return units === 14;
    });
    const { token } = await api<{ token: string }>("POST", "/v1/keys", {
      role: "store",
      locationId: "store-1",
    });
    browser = await openBrowser({ width: 390, height: 844 });
    page = await browser.context.newPage();
    await page.emulateMedia({ reducedMotion: "reduce" });
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`${system.url}/store/`);
    await page.getByLabel("Key of the store").fill(token);
    await page.getByLabel(/Your name/).fill("ada");
    await button("Sign in").click();
    await page.getByText("Nothing to do").waitFor();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await system?.kill("SIGTERM");
  });

  it("makes an order elsewhere of what is not here: nothing is said to be ordered before the server said so, and it is ordered once", async () => {
    await nav("Find").click();
    await scan(BAG, "Find it");
    const get = button("Get it from another store");
    await get.waitFor();
    await browser.context.setOffline(true);
    await page.getByText("This needs the network.").first().waitFor();
    expect(await get.isDisabled()).toBe(true);
    await browser.context.setOffline(false);
    await get.dblclick();
    await page.getByRole("radio", { name: /Harbour/ }).waitFor();
    await isFine();
    // Somebody else takes the one of New Town between the look and the press.
    await page.getByRole("radio", { name: /New Town/ }).check();
    await client.orders.place({ orderId: "faster", lines: [pickupAt("store-2", BAG)] });
    await button("Order at New Town").click();
    await page.getByText("sold there in the meantime").waitFor();
    expect(await page.getByTestId("saved").count()).toBe(0);
    await loseAnswerTo(/\/save$/);
    await page.getByRole("radio", { name: "Sent to them" }).check();
    await button("Order at Harbour").click();
    await page.getByText("Not known yet whether it was done").waitFor();
    expect(await page.getByTestId("saved").count()).toBe(0);
    await isFine("dark too");
    // That stock can't be read for a while takes nothing away of what was begun.
    await browser.context.route(/\/v1\/availability/, async (route) => await route.abort());
    await browser.context.setOffline(true);
    await browser.context.setOffline(false);
    await page.getByText("Where it is can't be read now").waitFor();
    await page.getByText("Not known yet whether it was done").waitFor();
    await browser.context.unroute(/\/v1\/availability/);
    await button("Order at Harbour").dblclick();
    const saved = page.getByTestId("saved");
    await saved.getByText("Harbour").waitFor();
    await isFine();
    const misses = await api<{ items: Miss[] }>("GET", "/v1/misses?location=store-1");
    expect(misses.items).toMatchObject([
      { status: "saved", actor: { id: "ada" }, chosen: { locationId: "store-3" } },
    ]);
    const orderId = misses.items[0]?.orderId ?? "";
    await saved.getByText(orderId).waitFor();
    const { items } = await client.orders.list({ location: "store-3" });
    expect(items).toMatchObject([
      {
        orderId,
        origin: { kind: "saved_sale" },
        lines: [{ method: "ship_from_store", quantity: 1, unitPrice: "24.50" }],
      },
    ]);
  });

  it("asks for a look at what should be here and is not", async () => {
    await scan(CAP, "Find it");
    await button("Ask for a look").dblclick();
    await page.getByText("Somebody shall look for 1 unit").waitFor();
    await page.getByRole("link", { name: "Look myself" }).click();
    await page.getByRole("heading", { name: "Look if it is there" }).waitFor();
    const { items } = await client.tasks.list({ kind: "check_ghost" });
    expect(items).toMatchObject([{ locationId: "store-1", lines: [{ gtin: CAP, quantity: 1 }] }]);
  });

  it("notes that a customer is here, shows where they wait and for how long, and hands over the very item against the code", async () => {
    const at = { orderId: "curb", fulfilmentId: "f1" };
    await client.orders.place({ orderId: "curb", lines: [pickupAt("store-1", SCARF, 1, "curbside")] });
    await client.orders.pick(at, { lines: [{ lineId: "1", quantity: 1, epcs: [scarfTag(1, 1)] }] });
    await client.orders.ready(at, {});
    await nav("Find").click();
    const card = page.getByTestId("task").filter({ hasText: "order curb" });
    await untilAsync("its task is there", async () => {
      await scan("CURB", "Find it");
      return (await card.count()) === 1;
    });
    await card.getByText("Hand over").click();
    await page.getByText("The customer is here …").click();
    await page.getByLabel(/Where do they wait/).fill("2");
    await page.getByLabel(/Plate or vehicle/).fill("B-OH 42, blue van");
    await isFine();
    await button("Tell the store").dblclick();
    const waiting = page.getByRole("region", { name: "Customers who wait" });
    await waiting.getByText("Bay 2").waitFor();
    await waiting.getByText("B-OH 42, blue van").waitFor();
    await waiting.getByRole("timer").waitFor();
    await isFine("dark too");
    await waiting.getByText("Customer waits").click();
    await scan(scarfTag(2, 1), "Count it");
    await page.getByRole("alert").getByText("Another item").waitFor();
    await page.getByRole("alert").getByRole("button", { name: "OK" }).click();
    await scan(scarfTag(1, 1), "Count it");
    await page.getByLabel("1 of 1 done").waitFor();
    await isFine();
    const { items } = await client.orders.pickupCodes("curb");
    const code = items[0]?.code ?? "";
    await page.getByLabel("Pickup code").fill(code === "000000" ? "000001" : "000000");
    await button("Hand over").click();
    const refused = page.getByTestId("refused");
    await refused.getByText("Not taken: Handed over, with the code").waitFor();
    expect((await client.orders.get("curb")).status).toBe("arrived");
    await refused.getByRole("button", { name: "I have read it" }).click();
    await refused.waitFor({ state: "detached" });
    await page.getByLabel("Pickup code").fill(code);
    await button("Hand over").dblclick();
    await untilAsync(
      "it is handed over",
      async () => (await client.orders.get("curb")).status === "collected",
    );
    const { lines } = await client.orders.get("curb");
    expect(lines).toMatchObject([{ handedOver: 1, epcs: [scarf(1)] }]);
  });

  it("takes back what was handed over, by its order and its tag, once, and shows what became of stock", async () => {
    await nav("Returns").click();
    await scan("curb", "Find it");
    await page.getByText("Order curb").waitFor();
    await scan(scarfTag(1, 1), "Count it");
    const line = page.getByTestId("return-line");
    await line.getByText("1 of 1").waitFor();
    await scan(scarfTag(1, 1), "Count it");
    await page.getByRole("alert").getByText("scanned before").waitFor();
    await page.getByRole("alert").getByRole("button", { name: "OK" }).click();
    expect(await button(/^Take it back$/).isDisabled()).toBe(true);
    await line.getByLabel("Why?").selectOption("wrong_size");
    await isFine("dark too");
    await line.getByRole("radio", { name: /As new/ }).check();
    await loseAnswerTo(/\/v1\/returns$/);
    await button(/^Take it back$/).click();
    await page.getByText("Not known yet whether it was done").waitFor();
    await button(/^Take it back$/).dblclick();
    await page.getByTestId("taken").waitFor();
    await page.getByTestId("returned-line").getByText("1 unit can be sold").waitFor();
    await isFine();
    const taken = await client.returns.list({ boughtIn: "curb" });
    expect(taken.items).toMatchObject([
      { locationId: "store-1", actor: { id: "ada" }, lines: [{ reason: "wrong_size" }] },
    ]);
    await button("Next customer").click();
    await scan("curb", "Find it");
    await page.getByText("All of it has come back.").waitFor();
    await button("Do not take it back").click();
  });

  it("exchanges: what they take is held first, and handing it over is its sale", async () => {
    await handedOver("caps", CAP, 2);
    await scan("caps", "Find it");
    await button("One more").click();
    await page.getByLabel("Why?").selectOption("wrong_colour");
    await button("They take something else instead …").click();
    await scan(scarfTag(2, 1), "Count it");
    await page.getByText("Wool scarf, grey · 1 unit").waitFor();
    await isFine();
    await button("Exchange").dblclick();
    await page.getByTestId("returned-line").getByText("1 unit waits for a look").waitFor();
    await button("They have it").dblclick();
    await page.getByTestId("exchanged").waitFor();
    const [swap] = (await client.returns.list({ boughtIn: "caps" })).items;
    expect(await client.orders.get(swap?.exchangeOrderId ?? "")).toMatchObject({
      status: "collected",
      origin: { kind: "exchange" },
      lines: [{ gtin: SCARF, handedOver: 1, unitPrice: "39.90", epcs: [scarf(2)] }],
    } satisfies Partial<Record<keyof Order, unknown>>);
    await button("Next customer").click();
    // It is on the list of what waits for a look, until somebody has looked.
    const toLookAt = page.getByTestId("to-look-at").filter({ hasText: "Order caps" });
    await toLookAt.getByRole("button", { name: "Can be sold: Knit cap" }).click();
    await toLookAt.waitFor({ state: "detached" });
  });

  it("finds what a till of another store sold by its receipt", async () => {
    await api("POST", "/v1/events", {
      type: "sale",
      locationId: "store-3",
      terminalId: "T1",
      transactionId: "R-4711",
      occurredAt: new Date().toISOString(),
      lines: [{ lineNo: 1, gtin: BAG, quantity: 1 }],
    });
    await scan("R-4711", "Find it");
    await page.getByText("Nothing is known under").waitFor();
    await page.getByLabel("Or is it a receipt of another store?").selectOption({ label: "Harbour" });
    await page.getByText("Receipt store-3/T1/R-4711").waitFor();
    const line = page.getByTestId("return-line").filter({ hasText: "0 of 1" });
    await line.waitFor();
    expect(await line.textContent()).toContain("Canvas bag");
    await button("Do not take it back").click();
  });

  it("takes in what nobody knows only with a reason, and nothing while the network is away", async () => {
    await scan(scarfTag(99, 1), "Find it");
    await page.getByText("Nothing is known under").waitFor();
    await button("Take it back without a number").click();
    await page.getByLabel("Why?").selectOption("unwanted_gift");
    await browser.context.setOffline(true);
    await page.getByText("This needs the network.").waitFor();
    expect(await button(/^Take it back$/).isDisabled()).toBe(true);
    await browser.context.setOffline(false);
    await page.getByText("This needs the network.").waitFor({ state: "detached" });
    await button(/^Take it back$/).click();
    await page.getByText("No sale of this very item is known.").waitFor();
    await isFine("dark too");
    expect(await button(/^Take it back$/).isDisabled()).toBe(true);
    await page.getByLabel("Why is it taken back all the same?").fill("our label, gift");
    await button(/^Take it back$/).click();
    await page.getByText("All the same, because: our label, gift").waitFor();
    await button(/^Damaged/).click();
    await page.getByTestId("returned-line").getByText("1 unit damaged, not for sale").waitFor();
    expect(faults).toEqual([]);
  });
});
