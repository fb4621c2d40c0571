import { useMemo, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useLive, useStockRow } from "../live/live-context.tsx";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { LiveNumber } from "../ui/live-number.tsx";

type ProductPlacesProps = {
  gtin: string;
  openKey: string;
  locationNames: ReadonlyMap<string, string>;
  onOpen: (key: string) => void;
  onShowProduct: (gtin: string) => void;
};

const MOST_SHOWN = 50;

/** The product's stock at every location, each line live. */
export function ProductPlaces({ gtin, openKey, locationNames, onOpen, onShowProduct }: ProductPlacesProps) {
  const { t } = useTranslation();
  const { rows } = useLive().stock;
  const membership = useSyncExternalStore(rows.subscribe, () => rows.versions().membership);
  const keys = useMemo(() => {
    const found = [];
    for (const { row } of rows.allCells()) if (row.gtin === gtin) found.push(row);
    return found.sort((a, b) => b.available - a.available).map((row) => row.key);
    // oxlint-disable-next-line react/exhaustive-deps -- membership says when rows outside React came or went
  }, [rows, gtin, membership]);
  return (
    <>
      <ul className="place-list">
        {keys.slice(0, MOST_SHOWN).map((key) => (
          <Place key={key} rowKey={key} isOpen={key === openKey} names={locationNames} onOpen={onOpen} />
        ))}
      </ul>
      <Button className="detail-more" onClick={() => onShowProduct(gtin)}>
        {keys.length > MOST_SHOWN
          ? t("Show all {{places}} locations in the table", { places: keys.length })
          : t("Show only this product in the table")}
      </Button>
    </>
  );
}

type PlaceProps = {
  rowKey: string;
  isOpen: boolean;
  names: ReadonlyMap<string, string>;
  onOpen: (key: string) => void;
};

function Place({ rowKey, isOpen, names, onOpen }: PlaceProps) {
  const row = useStockRow(rowKey);
  if (row === undefined) return null;
  return (
    <li>
      <button type="button" aria-current={isOpen} onClick={() => onOpen(rowKey)}>
        <span>{names.get(row.locationId) ?? row.locationId}</span>
        <LiveNumber value={row.available} change={row.change} />
        <Age atMs={row.seenAtMs} />
      </button>
    </li>
  );
}
