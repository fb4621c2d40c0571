import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import type { ItemRow } from "../../../domain/api/items.ts";
import { Failed } from "../../src/ui/query-state.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import { Part } from "../form/part.tsx";
import { AskForLook } from "./ask-for-look.tsx";
import { ProductPrice } from "./product-price.tsx";
import { SaveSale } from "./save-sale.tsx";
import { useProduct } from "./use-product.ts";
import { SeenThere } from "./seen-there.tsx";

/** One product: how many are here and in which zones, and what other stores have. Needs the network: an old number would mislead. */
export function FoundProduct({ gtin }: { gtin: string }) {
  const { t } = useTranslation();
  const { client } = useStore();
  const { facts } = useWork();
  const product = useProduct(gtin);
  const here = facts.location?.locationId ?? "";
  const found = useQuery({
    queryKey: ["find", gtin, here],
    queryFn: async ({ signal }) => {
      const [availability, items, locations] = await Promise.all([
        client.availability.get(gtin, { signal }),
        client.items.list({ gtin, location: here, status: "present", limit: 200, signal }),
        client.locations.list({ limit: 500, signal }),
      ]);
      return { availability, items: items.items, locations: locations.items };
    },
  });
  if (found.isPending) return <p role="status">{t("Looking …")}</p>;
  const isUnread = found.error !== null;
  const unread = isUnread ? (
    <Failed
      title={t("Where it is can't be read now")}
      error={found.error}
      onRetry={() => void found.refetch()}
    >
      {t("Old numbers are not shown: they would send you to an empty shelf.")}
    </Failed>
  ) : null;
  if (found.data === undefined) return unread;
  const { availability, items, locations } = found.data;
  const own = locations.find(({ locationId }) => locationId === here);
  const zoneName = (zoneId: string) => own?.zones.find((zone) => zone.zoneId === zoneId)?.name ?? zoneId;
  const nameOf = (id: string) => locations.find(({ locationId }) => locationId === id)?.name ?? id;
  const mine = availability.items.find(({ locationId }) => locationId === here);
  const elsewhere = availability.items
    .filter(({ locationId, available }) => locationId !== here && available > 0)
    .sort((one, other) => other.available - one.available);
  // What was begun for the customer stays as it is while the numbers can't be read: it would be begun, and counted, a second time.
  return (
    <section className="stack">
      <header>
        <h2>{product?.name ?? t("Not in the product list")}</h2>
        <p className="muted numeric">
          {gtin} <ProductPrice gtin={gtin} />
        </p>
      </header>
      {unread}
      {isUnread ? null : (
        <Part title={t("Here")}>
          <p className="found-here">
            <strong className="numeric">{mine?.available ?? 0}</strong>{" "}
            {t("free of {{units}} here", { units: mine?.onHand ?? 0 })}
          </p>
          {zonesOf(items).map(({ zoneId, units, lastSeenMs }) => (
            <p key={zoneId}>
              <strong>{zoneName(zoneId)}</strong> <SeenThere units={units} atMs={lastSeenMs} />
            </p>
          ))}
          {items.length === 0 ? <p className="muted">{t("No reader has seen one here.")}</p> : null}
        </Part>
      )}
      <SaveSale gtin={gtin} isElsewhere={elsewhere.length > 0} nameOf={nameOf} />
      {isUnread ? null : (
        <Part title={t("Elsewhere")}>
          {elsewhere.length === 0 ? <p className="muted">{t("No other store has it free.")}</p> : null}
          <ul className="elsewhere">
            {elsewhere.slice(0, 10).map(({ locationId, available }) => (
              <li key={locationId}>
                <span>{nameOf(locationId)}</span>
                <strong className="numeric">{available}</strong>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {mine === undefined || mine.onHand <= 0 ? null : <AskForLook gtin={gtin} onHand={mine.onHand} />}
    </section>
  );
}

/** Units by zone, most first. */
function zonesOf(items: readonly ItemRow[]): { zoneId: string; units: number; lastSeenMs: number }[] {
  const zones = new Map<string, { zoneId: string; units: number; lastSeenMs: number }>();
  for (const { zoneId, lastSeenAt } of items) {
    const zone = zones.get(zoneId) ?? { zoneId, units: 0, lastSeenMs: 0 };
    zones.set(zoneId, zone);
    zone.units += 1;
    zone.lastSeenMs = Math.max(zone.lastSeenMs, Date.parse(lastSeenAt));
  }
  return [...zones.values()].sort((one, other) => other.units - one.units);
}
