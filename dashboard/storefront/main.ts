import "../src/csp-safe-zod.ts";
import {
  ApiProblem,
  type AvailabilityItem,
  createOnhandClient,
  type MissedLine,
  type StreamEvent,
} from "../../client/index.ts";
import { createCart } from "./cart.ts";
import { type Catalogue, readCatalogue } from "./catalogue.ts";
import { byId, element } from "./element.ts";
import { stockOf, sureText } from "./words.ts";

const CHANNEL = "web";
const HOLD_SECONDS = 300;

/**
 * An example of a shop that asks Onhand by its client alone: what is where, live; a hold with its countdown; and when somebody
 * else was quicker, where else it is. It has no state of its own but the ids of its holds.
 */
async function start(): Promise<void> {
  const fragment = new URLSearchParams(globalThis.location.hash.slice(1));
  const key = fragment.get("key");
  const client = createOnhandClient({ baseUrl: "", ...(key === null ? {} : { key }) });
  const tiles = byId("tiles", HTMLDivElement);
  const live = byId("live", HTMLParagraphElement);
  const notice = byId("notice", HTMLParagraphElement);
  const dialog = byId("elsewhere", HTMLDialogElement);
  const known = new Map<string, AvailabilityItem>();
  let catalogue: Catalogue = { products: [], stores: [] };
  let isDrawing = false;

  const keyOf = (gtin: string, locationId: string) => `${gtin} ${locationId}`;
  const nameOf = (gtin: string) => catalogue.products.find((one) => one.gtin === gtin)?.name ?? gtin;
  const storeOf = (id: string) => catalogue.stores.find((one) => one.locationId === id)?.name ?? id;

  function say(text: string): void {
    notice.textContent = text;
    notice.hidden = text === "";
  }

  const cart = createCart({ client, list: byId("cart", HTMLUListElement), nameOf, storeOf, say });

  function draw(): void {
    isDrawing = false;
    const focused = document.activeElement?.id;
    tiles.replaceChildren(...catalogue.products.map(tileOf));
    if (focused !== undefined && focused !== "") document.getElementById(focused)?.focus();
  }

  function drawSoon(): void {
    if (!isDrawing) requestAnimationFrame(draw);
    isDrawing = true;
  }

  function tileOf({ gtin, name, price }: Catalogue["products"][number]): HTMLElement {
    const rows = catalogue.stores.map(({ locationId, name: store }) => {
      const item = known.get(keyOf(gtin, locationId));
      const { text, level } = stockOf(item);
      const label = level === "none" ? "Find elsewhere" : "Hold one";
      const button = element(
        "button",
        {
          attributes: {
            id: `hold-${gtin}-${locationId}`,
            "aria-label": `${label}: ${name}, ${store}`,
            ...(level === "none" ? { class: "quiet" } : {}),
          },
          onClick: () => void hold(gtin, locationId),
        },
        label,
      );
      const stock = element("span", { class: "stock", attributes: { "data-level": level } }, text);
      const sure = element("span", { class: "sure" }, sureText(item));
      return element("li", {}, element("span", { class: "store" }, store), stock, sure, button);
    });
    const head = element("h3", {}, name);
    return element("article", {}, head, element("p", { class: "price" }, price), element("ul", {}, ...rows));
  }

  async function hold(gtin: string, locationId: string): Promise<void> {
    say("");
    try {
      const lines = [{ gtin, quantity: 1, locationId }];
      cart.add(await client.reservations.hold({ lines, ttlSeconds: HOLD_SECONDS, channel: CHANNEL }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const [missed] = error.lines;
      if (missed === undefined) say(error.detail);
      else offer(missed);
    }
  }

  function offer({ gtin, locationId, alternatives }: MissedLine): void {
    const where = alternatives.length === 0 ? "No other store has it now." : "But you can have it here:";
    byId("elsewhere-text", HTMLParagraphElement).textContent =
      `${nameOf(gtin)} at ${storeOf(locationId)} is not to be had any more. ${where}`;
    byId("alternatives", HTMLUListElement).replaceChildren(
      ...alternatives.map((one) => {
        const facts = [
          `${one.available} there`,
          ...(one.distanceKm === null ? [] : [`${one.distanceKm.toFixed(1)} km`]),
          ...(one.readyAt === null ? [] : [`pick up ${new Date(one.readyAt).toLocaleString("en")}`]),
        ].join(" · ");
        const take = () => {
          dialog.close();
          void hold(gtin, one.locationId);
        };
        return element(
          "li",
          {},
          element("span", {}, `${storeOf(one.locationId)} · ${facts}`),
          element("button", { onClick: take }, "Hold there"),
        );
      }),
    );
    if (!dialog.open) dialog.showModal();
  }

  function take(event: StreamEvent): void {
    if (event.type === "snapshot") known.clear();
    for (const item of event.items) known.set(keyOf(item.gtin, item.locationId), item);
    drawSoon();
  }

  catalogue = await readCatalogue(client, fragment);
  await cart.resume();
  const words = { connecting: "Connecting…", live: "Live", stale: "Reconnecting…", offline: "Not live" };
  const stream = client.availability.stream({
    filter: {
      gtins: catalogue.products.map(({ gtin }) => gtin),
      locations: catalogue.stores.map(({ locationId }) => locationId),
      channel: CHANNEL,
    },
    onEvent: take,
    onStatus({ state, problem }) {
      live.textContent = words[state];
      live.dataset["state"] = state;
      if (problem !== null) say(problem.detail);
    },
  });
  globalThis.addEventListener("online", () => stream.wake());
  globalThis.addEventListener("pageshow", () => stream.wake());
}

start().catch((error: unknown) => {
  const notice = byId("notice", HTMLParagraphElement);
  notice.hidden = false;
  notice.textContent =
    error instanceof ApiProblem && error.status === 401
      ? "Sign in to Onhand in this browser first, or open this page with #key= and a publishable key."
      : `The shop could not be opened: ${error instanceof Error ? error.message : "unknown"}`;
});
