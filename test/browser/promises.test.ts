import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import { createOnhandClient, type OnhandClient } from "../../client/onhand-client.ts";
import { createApi, seedStore } from "../support/api.ts";
import {
  accessibilityProblems,
  type DashboardBrowser,
  openDashboardBrowser,
} from "../support/dashboard-browser.ts";
import { type StartedSystem, startSystem } from "../support/onhand-process.ts";
import { expectAllLooks } from "../support/pages-in-all-looks.ts";
import { connectStoreDevice, type StoreDevice } from "../support/store-device.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";

/** What merchandisers see of promises: holds, what is at risk, why a number is what it is, rules, and the ledger check. */
describe("the pages of what is promised", () => {
  let system: StartedSystem;
  let client: OnhandClient;
  let device: StoreDevice;
  let browser: DashboardBrowser;
  let page: Page;
  let hold: Reservation;
  let gtin: string;

  const receipt = (eventId: string, quantity: number) =>
    device.publish("stock", "erp", {
      type: "receipt",
      eventId,
      occurredAt: new Date().toISOString(),
      lines: [{ gtin, quantity }],
    });

  beforeAll(async () => {
    system = await startSystem(migratedDirectory("dashboard-promises"));
    const api = createApi(system);
    const store = await seedStore(api);
    gtin = store.gtin;
    device = await connectStoreDevice(api, system, store.locationId);
    client = createOnhandClient({ baseUrl: system.url, key: system.token });
    await receipt("r1", 5);
    browser = await openDashboardBrowser();
    page = browser.page;
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(system.loginUrl);
    await page.getByRole("link", { name: "Live stock" }).first().click();
    await row().waitFor();
    hold = await client.reservations.hold({
      lines: [{ gtin, quantity: 2, locationId: store.locationId }],
      channel: "app",
      orderId: "app-77",
      ttlSeconds: 3600,
    });
  });
  afterAll(async () => {
    await browser?.close();
    await device?.end();
    await system?.kill("SIGTERM");
  });

  const open = (path: string) => page.goto(`${system.url}${path}`);
  const row = () => page.getByRole("row", { name: /Wool scarf/ });
  const available = () => row().getByTestId("available");
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const lines = (words: string | RegExp) => page.getByTestId("line").filter({ hasText: words });

  it("a hold lowers what the stock page shows as available, without a reload", async () => {
    await available().getByText("3", { exact: true }).waitFor();
    expect(await row().count()).toBe(1);
  });

  it("a number tells why it is what it is: the movements, the holds in it, and the sum", async () => {
    await row().click();
    await button("Why this number?").click();
    await page.getByTestId("why-answer").getByText("3", { exact: true }).waitFor();
    expect(await page.getByTestId("term-sellable").textContent()).toBe("5");
    expect(await page.getByTestId("term-reserved").textContent()).toBe("-2");
    await page.getByTestId("why-sum").getByText(hold.reservationId).waitFor();
    await page.getByTestId("why-step").filter({ hasText: "Received" }).getByText("+5").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
  });

  it("a rule shows what it would change before it is saved, and then changes it for those who look", async () => {
    await open("/rules/all");
    await button("New rule …").click();
    await page.getByLabel("Id", { exact: true }).fill("last-one");
    await page.getByTestId("rule-preview").getByText("3 → 2").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await button("Save").click();
    await lines("1 withheld from all channels").getByText("In force").waitFor();
    await open("/stock");
    await available().getByText("2", { exact: true }).waitFor();
    await open("/rules/all");
    await button("Take rule last-one back").click();
    await page.getByText("No rule yet").waitFor();
    await open("/rules/history");
    await lines("Withdrawn").waitFor();
  });

  it("a rule that contradicts itself says so and cannot be saved", async () => {
    await open("/rules/all");
    await button("New rule …").click();
    await page.getByLabel("Id", { exact: true }).fill("confused");
    await page.getByLabel("GTIN (empty: all)").fill(gtin);
    await page.getByLabel("Or a category").fill("Scarves");
    await page.getByText("not for both").waitFor();
    expect(await button("Save").isDisabled()).toBe(true);
  });

  it("a group of locations is made and taken back", async () => {
    await open("/rules/groups");
    await button("New group …").click();
    await page.getByLabel("Id", { exact: true }).fill("centre");
    await page.getByLabel("Old Town").check();
    await button("Save").click();
    await lines("centre").getByText("Old Town").waitFor();
    await button("Take group centre back").click();
    await page.getByText("No group yet").waitFor();
    expect((await client.rules.groups()).items).toEqual([]);
  });

  it("a sale that takes promised units puts the hold at risk, and a person releases it", async () => {
    await device.publish("pos", "T01", {
      type: "sale",
      eventId: "sale-1",
      terminalId: "T01",
      transactionId: "T01-1",
      occurredAt: new Date().toISOString(),
      lines: [{ lineNo: 1, gtin, quantity: 4 }],
    });
    await open("/holds?state=at_risk");
    await button(`Look at reservation ${hold.reservationId}`).click();
    await page.getByText("Stock does not cover it any more").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel("Reason").fill("the customer chose another colour");
    await button("Release").click();
    await page.getByText("Nothing is at risk").waitFor();
    await open("/holds?state=released");
    await lines("Wool scarf").getByText("Released").waitFor();
  });

  it("the ledger check compares a location when it is asked to", async () => {
    await open("/ledger-check");
    await button("Check Old Town now").click();
    await lines("Old Town").getByText("Equal").waitFor();
    expect((await client.reconciliation.get()).history).toEqual([]);
  });

  it("a feed shows what was sent; its rehearsal is drawn and filled in, and says whether it would pass", async () => {
    const feed = await fetch(`${system.url}/v1/feeds/google-local-inventory.tsv`, {
      headers: { authorization: `Bearer ${system.token}` },
    });
    expect((await feed.text()).split("\n")).toHaveLength(3);
    await open("/feeds");
    await lines("google-local-inventory").getByText("Sent").waitFor();
    expect(await button("Rehearse the audit").isDisabled()).toBe(true);
    await page.getByLabel("Location").selectOption("Old Town");
    await button("Rehearse the audit").click();
    await page.getByLabel("Found of Wool scarf, grey").fill("2");
    expect(await accessibilityProblems(page)).toEqual([]);
    await button("Save what was found").click();
    await page.getByRole("dialog").getByText("Would pass").waitFor();
    await button("Close").click();
    await lines("Old Town").getByText("1 of 1").waitFor();
  });

  it.each([
    ["/feeds", "Would pass"],
    ["/holds?state=released", "Released"],
    ["/holds", "Nothing is held"],
    ["/rules/all", "No rule yet"],
    ["/rules/groups", "No group yet"],
    ["/rules/history", "Withdrawn"],
    ["/ledger-check", "Equal"],
  ])("%s has no accessibility problem in light or dark, and fits a phone", async (path, words) => {
    await open(path);
    await expectAllLooks(page, words);
  });

  it("wrote no error to the console on the way", () => {
    expect(browser.faults).toEqual([]);
  });
});
