import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOnhandClient, type OnhandClient } from "../../client/onhand-client.ts";
import type { Order } from "../../domain/orders/order.ts";
import { type Api, createApi, seedStore } from "../support/api.ts";
import { openBrowser } from "../support/browser.ts";
import { accessibilityProblems, overflow } from "../support/dashboard-browser.ts";
import { SCARF } from "../support/looking-data.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { connectStoreDevice } from "../support/store-device.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { untilAsync } from "../support/until.ts";

const CAP = "00614141999996";

/** A phone of the store's staff: the real page on the real server, broker and browser, offline in the middle. */
describe("the store page", () => {
  let system: StartedSystem;
  let api: Api;
  let client: OnhandClient;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  let storeKey: string;
  const faults: string[] = [];

  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const card = (words: string | RegExp) => page.getByTestId("task").filter({ hasText: words });

  /** Scarves and caps of an order for pickup at the store, held and told to it as a task. */
  async function order(orderId: string, quantities: { scarves: number; caps?: number }): Promise<void> {
    const at = { method: "pickup", locationId: "store-1" };
    const caps = quantities.caps ?? 0;
    const lines = [
      { gtin: SCARF, quantity: quantities.scarves, ...at },
      ...(caps === 0 ? [] : [{ gtin: CAP, quantity: caps, ...at }]),
    ];
    const answer = await fetch(`${system.url}/v1/orders`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${system.token}`,
        "content-type": "application/json",
        "idempotency-key": orderId,
      },
      body: JSON.stringify({ orderId, lines }),
    });
    expect([answer.status, await answer.text()]).toEqual([201, expect.any(String)]);
  }

  const orderNow = (orderId: string) => api<Order>("GET", `/v1/orders/${orderId}`);

  beforeAll(async () => {
    system = await startSystem(temporaryDirectory("store-page"));
    api = createApi(system);
    client = createOnhandClient({ baseUrl: system.url, key: system.token });
    await seedStore(api);
    await api("PUT", `/v1/products/${SCARF}`, { gtin: SCARF, name: "Wool scarf, grey", price: "39.90" });
    await api("PUT", `/v1/products/${CAP}`, { gtin: CAP, name: "Knit cap", price: "19.90" });
    const device = await connectStoreDevice(api, system, "store-1");
    await device.publish("stock", "erp", {
      type: "receipt",
      eventId: "r1",
      occurredAt: new Date().toISOString(),
      lines: [
        { gtin: SCARF, quantity: 20 },
        { gtin: CAP, quantity: 20 },
      ],
    });
    await device.end();
    await untilAsync(
      "the goods are there",
      async () => (await client.availability.get(CAP, { locations: ["store-1"] })).items[0]?.available === 20,
    );
    storeKey = (await api<{ token: string }>("POST", "/v1/keys", { role: "store", locationId: "store-1" }))
      .token;
    browser = await openBrowser({ width: 390, height: 844 });
    page = await browser.context.newPage();
    await page.emulateMedia({ reducedMotion: "reduce" });
    page.on("pageerror", (error) => faults.push(error.message));
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await system?.kill("SIGTERM");
  });

  it("signs a store's staff in with its key, shows whose store it is, and a new task comes by itself", async () => {
    await page.goto(`${system.url}/store/`);
    await page.getByLabel("Key of the store").fill(storeKey);
    await page.getByLabel(/Your name/).fill("ada");
    await button("Sign in").click();
    await page.getByText("Old Town").waitFor();
    await page.getByText("Nothing to do").waitFor();
    await order("o-1", { scarves: 2, caps: 2 });
    await card("order o-1").getByText("Pick", { exact: true }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    // The worker has kept the page: from now on it opens without the network.
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  });

  it("speaks the language that is chosen on the device, without the network too", async () => {
    await page.goto(`${system.url}/store/device`);
    await page.getByLabel("Language").selectOption("pl");
    await page.getByRole("heading", { name: "To urządzenie" }).waitFor();
    await browser.context.setOffline(true);
    await page.reload();
    await page.getByRole("heading", { name: "To urządzenie" }).waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await browser.context.setOffline(false);
    await page.getByLabel("Język").selectOption("en");
    await page.getByRole("link", { name: "Tasks" }).click();
    await card("order o-1").waitFor();
  });

  it("counts what was scanned or typed, and says loudly what is wrong", async () => {
    await card("order o-1").click();
    await button("Accept").click();
    const line = page.getByTestId("line").filter({ hasText: "Wool scarf" });
    await line.getByText("€39.90").waitFor();
    await page.getByLabel("Scan or type").fill("00614141999989");
    await button("Count it").click();
    await page.getByRole("alert").getByText("Wrong product").waitFor();
    await page.getByLabel("Scan or type").fill("80614141123459");
    await button("Count it").click();
    await page
      .getByRole("alert")
      .getByText(/a digit is wrong/)
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("alert").getByRole("button", { name: "OK" }).click();
    // A scanner that types, with no field focused. It waits for nobody between its keys.
    await page.getByRole("heading", { level: 1 }).click();
    await Promise.all([...Array.from(SCARF), "Enter"].map((key) => page.keyboard.press(key)));
    await line.getByLabel("1 of 2 done").waitFor();
  });

  it("goes on while the network is away, over a reload: picks, tells what is short, lays ready", async () => {
    await untilAsync("the scan has arrived", async () => {
      const [pick] = (await client.tasks.list({ orderId: "o-1" })).items;
      return pick?.lines.some(({ gtin, done }) => gtin === SCARF && done === 1) === true;
    });
    await page.getByRole("link", { name: "Outbox", exact: true }).waitFor();
    const foundOne = button("Found one: Wool scarf, grey");
    const before = await foundOne.boundingBox();
    await browser.context.setOffline(true);
    await page.getByTestId("offline").waitFor();
    expect((await foundOne.boundingBox())!.y, "the button stays under the finger").toBe(before!.y);
    await foundOne.click();
    await button("Found one: Knit cap").click();
    await button("Not there: Knit cap").click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await button("Damaged").click();
    await page.getByTestId("ended").waitFor();
    await page.getByRole("link", { name: "Next: lay it ready" }).click();
    await page.getByLabel("Where did you put it?").fill("Shelf B3");
    await page.reload();
    await page.getByTestId("offline").getByText("3 actions wait").waitFor();
    await page.getByLabel("Where did you put it?").fill("Shelf B3");
    const ready = button("Ready for the customer");
    await ready.dblclick();
    await page.getByTestId("offline").getByText("4 actions wait").waitFor();
    await page.getByRole("link", { name: "Outbox (4)" }).click();
    await page.getByTestId("waiting").nth(3).waitFor();
    expect(await page.getByTestId("waiting").allTextContents()).toEqual([
      expect.stringContaining("Found one: Wool scarf, grey"),
      expect.stringContaining("Found one: Knit cap"),
      expect.stringContaining("1 unit short, damaged: Knit cap"),
      expect.stringContaining("Ready, at Shelf B3"),
    ]);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect((await orderNow("o-1")).status).not.toBe("ready");
  });

  it("sends it all once and in its order when the network is back, from whichever of two open pages", async () => {
    const other = await browser.context.newPage();
    await other.goto(`${system.url}/store/outbox`);
    await other.getByTestId("waiting").first().waitFor();
    await browser.context.setOffline(false);
    await page.getByText("All is sent").waitFor();
    await other.getByText("All is sent").waitFor();
    await other.close();
    await untilAsync("o-1 is ready", async () => (await orderNow("o-1")).status === "ready");
    const { lines, timeline } = await orderNow("o-1");
    expect(lines).toMatchObject([
      { gtin: SCARF, picked: 2, short: 0 },
      { gtin: CAP, picked: 1, short: 1 },
    ]);
    const kinds = timeline.map(({ kind }) => kind);
    for (const kind of ["accepted", "shorted", "ready"]) {
      expect(kinds.filter((one) => one === kind)).toEqual([kind]);
    }
    await page.getByRole("link", { name: "Tasks" }).click();
    await card("order o-1").getByText("Lies at Shelf B3").waitFor();
  });

  it("shows who was first when two had the same task, and nothing vanishes", async () => {
    await order("o-2", { scarves: 1 });
    await card("order o-2").waitFor();
    await browser.context.setOffline(true);
    await page.getByTestId("offline").waitFor();
    await card("order o-2").click();
    await button("Accept").click();
    await button("Found one: Wool scarf, grey").click();
    const [task] = (await client.tasks.list({ orderId: "o-2" })).items;
    await client.tasks.accept(task!.taskId, { actor: { kind: "staff", id: "bob" } });
    await browser.context.setOffline(false);
    await page
      .getByTestId("refused")
      .first()
      .getByText("Somebody else was first", { exact: false })
      .waitFor();
    await page.getByTestId("refused").nth(1).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.reload();
    for (const words of ["Not taken: Accepted", "Not taken: Found one"]) {
      const refused = page.getByTestId("refused").filter({ hasText: words });
      await refused.getByRole("button", { name: "I have read it" }).click();
      await refused.waitFor({ state: "detached" });
    }
    await button("Take over from bob").waitFor();
    expect((await client.tasks.get(task!.taskId)).owner).toEqual({ kind: "staff", id: "bob" });
  });

  it("keeps the outbox over the end of the session", async () => {
    await page.goto(`${system.url}/store/`);
    await order("o-3", { scarves: 1 });
    await card("order o-3").click();
    await browser.context.clearCookies();
    await button("Accept").click();
    const ended = page.getByRole("link", { name: /session has ended.*1 action waits to be sent/ });
    await ended.waitFor();
    await ended.click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel("Key of the store").fill(storeKey);
    await button("Sign in").click();
    await page.getByRole("link", { name: "Tasks" }).click();
    await untilAsync(
      "ada has o-3",
      async () => (await client.tasks.list({ orderId: "o-3" })).items[0]?.owner?.id === "ada",
    );
  });

  it("is readable in the dark, fits a tablet, and threw nothing", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.locator('html[data-theme="dark"]').waitFor();
    await page.goto(`${system.url}/store/`);
    await card("order o-3").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 1024, height: 768 });
    await card("order o-3").click();
    await page.getByTestId("line").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(faults).toEqual([]);
  });
});
