import type { Page, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, createApi } from "../support/api.ts";
import { openBrowser } from "../support/browser.ts";
import { accessibilityProblems, overflow } from "../support/dashboard-browser.ts";
import { SCARF } from "../support/looking-data.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";

const STORES = ["store-1", "store-2"];

/** The example shop with a publishable key, in two pages beside each other. */
describe("the example shop", () => {
  let system: StartedSystem;
  let api: Api;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let one: Page;
  let other: Page;
  const faults: string[] = [];
  /** The pages' connections, which the test can cut and refuse. */
  const sockets: WebSocketRoute[] = [];
  let isDown = false;

  async function put(locationId: string, quantity: number): Promise<void> {
    const eventId = `${locationId}-${quantity}-${Date.now()}`;
    const lines = [{ gtin: SCARF, quantity }];
    const occurredAt = new Date().toISOString();
    await api("POST", `/v1/events?location=${locationId}`, { type: "position", eventId, occurredAt, lines });
  }

  async function openShop(): Promise<Page> {
    const key = await api<{ token: string }>("POST", "/v1/keys", {
      role: "storefront",
      name: "example shop",
      origins: [system.url],
    });
    const fragment = new URLSearchParams({ key: key.token, product: `${SCARF}:Wool scarf` });
    for (const id of STORES) fragment.append("store", `${id}:Store ${id.slice(-1)}`);
    const page = await browser.context.newPage();
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      // A refused hold is an answer that the browser logs.
      if (message.type() === "error" && !message.text().includes("409")) faults.push(message.text());
    });
    await page.goto(`${system.url}/storefront.html#${fragment}`);
    await page.getByText("Live", { exact: true }).waitFor();
    return page;
  }

  const stockAt = (page: Page, store: string) => page.locator("article li").filter({ hasText: store });

  beforeAll(async () => {
    system = await startSystem(migratedDirectory("storefront"));
    api = createApi(system);
    await api("PUT", `/v1/products/${SCARF}`, { gtin: SCARF, name: "Wool scarf" });
    for (const [index, locationId] of STORES.entries()) {
      await api("PUT", `/v1/locations/${locationId}`, { locationId, name: `Store ${index + 1}`, zones: [] });
      await put(locationId, index === 0 ? 1 : 30);
    }
    browser = await openBrowser({ width: 390, height: 844 });
    await browser.context.routeWebSocket(/stream$/, async (socket) => {
      if (isDown) return await socket.close();
      socket.connectToServer();
      sockets.push(socket);
    });
    one = await openShop();
    other = await openShop();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await system?.kill("SIGTERM");
  });

  it("shows what is where: few by their number, many as capped", async () => {
    await stockAt(one, "Store 1").getByText("only 1 left").waitFor();
    await stockAt(one, "Store 2").getByText("10+ in store").waitFor();
    await expect.poll(() => one.getByRole("button", { name: /^Hold one/ }).count()).toBe(2);
  });

  it("holds the last one with a countdown, and the other page sees it go", async () => {
    await stockAt(other, "Store 1").getByText("only 1 left").waitFor();
    await one.getByRole("button", { name: "Hold one: Wool scarf, Store 1" }).click();
    await one.locator("#cart").getByText("Wool scarf · Store 1").waitFor();
    expect(await one.getByRole("timer").textContent()).toMatch(/^[45]:\d\d$/);
    await stockAt(other, "Store 1")
      .getByText(/sold out|in other carts/)
      .waitFor();
  });

  it("offers another store to whom was too late, and holds there", async () => {
    await other.getByRole("button", { name: "Find elsewhere: Wool scarf, Store 1" }).click();
    await other
      .getByRole("dialog")
      .getByText(/Store 2 · 10 there/)
      .waitFor();
    expect(await accessibilityProblems(other)).toEqual([]);
    await other.getByRole("button", { name: "Hold there" }).click();
    await other.locator("#cart").getByText("Wool scarf · Store 2").waitFor();
  });

  it("keeps its cart over a reload, and what is given back is there again for the other", async () => {
    await one.reload();
    await one.locator("#cart").getByText("Wool scarf · Store 1").waitFor();
    await one.getByRole("button", { name: "Give back Wool scarf" }).click();
    await stockAt(other, "Store 1").getByText("only 1 left").waitFor();
    // The other page may hear of it before this one has its answer.
    await one.locator("#cart").getByText("Nothing is held for you.").waitFor();
    expect(await one.locator("#cart").textContent()).toBe("Nothing is held for you.");
  });

  it("fits a phone and can be read, in light and in dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await one.emulateMedia({ colorScheme });
      expect(await accessibilityProblems(one)).toEqual([]);
      expect(await overflow(one)).toBe(0);
    }
    expect(faults).toEqual([]);
  });

  it("says when it is not live, and shows what changed meanwhile once it is again", async () => {
    isDown = true;
    for (const socket of sockets.splice(0)) await socket.close();
    await one.getByText(/Reconnecting…|Not live/).waitFor();
    await put("store-1", 3);
    isDown = false;
    await stockAt(one, "Store 1").getByText("only 3 left").waitFor({ timeout: 30_000 });
    await one.getByText("Live", { exact: true }).waitFor();
    expect(await one.locator("#notice").isHidden()).toBe(true);
  });
});
