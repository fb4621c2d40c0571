import { ApiProblem, type OnhandClient, type Reservation } from "../../client/index.ts";
import { element } from "./element.ts";
import { countdown } from "./words.ts";

const KEPT_IN = "onhand-example-cart";

/** The holds of this tab: kept over a reload, counted down, given back. What has expired leaves by itself. */
export function createCart(deps: {
  client: OnhandClient;
  list: HTMLUListElement;
  nameOf(gtin: string): string;
  storeOf(locationId: string): string;
  say(text: string): void;
}) {
  const { client, list } = deps;
  const held = new Map<string, Reservation>();

  function keep(): void {
    sessionStorage.setItem(KEPT_IN, [...held.keys()].join(" "));
    draw();
  }

  function draw(): void {
    const lines = [...held.values()].map(lineOf);
    const empty = element("li", { class: "empty" }, "Nothing is held for you.");
    list.replaceChildren(...(lines.length === 0 ? [empty] : lines));
  }

  function lineOf(reservation: Reservation): HTMLLIElement {
    const { reservationId, expiresAt, lines } = reservation;
    const names = lines.map((line) => deps.nameOf(line.gtin)).join(", ");
    const place = deps.storeOf(lines[0]?.locationId ?? "");
    const time = element(
      "span",
      { class: "time", attributes: { role: "timer", "data-expires": expiresAt ?? "" } },
      leftOf(reservation),
    );
    const release = element(
      "button",
      {
        class: "quiet",
        attributes: { "aria-label": `Give back ${names}` },
        onClick: () => void giveBack(reservationId),
      },
      "Give back",
    );
    return element("li", {}, element("span", { class: "what" }, `${names} · ${place}`), time, release);
  }

  const leftOf = ({ expiresAt }: Reservation) =>
    expiresAt === null ? "" : countdown(Date.parse(expiresAt) - Date.now());

  async function giveBack(reservationId: string): Promise<void> {
    try {
      await client.reservations.release(reservationId, { reason: "taken out of the cart" });
    } catch (error) {
      // It has ended already, which is what was wished for; anything else is told, and it runs out by itself.
      if (!(error instanceof ApiProblem && error.status === 409)) deps.say("It could not be given back now.");
    }
    held.delete(reservationId);
    keep();
  }

  function tick(): void {
    for (const reservation of held.values()) {
      if (reservation.expiresAt === null || Date.parse(reservation.expiresAt) > Date.now()) continue;
      held.delete(reservation.reservationId);
      keep();
      deps.say("A hold has run out; what was held is for all again.");
    }
    for (const time of list.querySelectorAll<HTMLElement>("[data-expires]")) {
      time.textContent = countdown(Date.parse(time.dataset["expires"] ?? "") - Date.now());
    }
  }

  return {
    add(reservation: Reservation): void {
      held.set(reservation.reservationId, reservation);
      keep();
    },
    /** Takes up what this tab held before it was loaded again. */
    async resume(): Promise<void> {
      const ids = (sessionStorage.getItem(KEPT_IN) ?? "").split(" ").filter((id) => id !== "");
      const found = await Promise.all(ids.map((id) => client.reservations.get(id).catch(() => null)));
      for (const one of found) if (one?.status === "held") held.set(one.reservationId, one);
      keep();
      setInterval(tick, 250);
    },
  };
}
