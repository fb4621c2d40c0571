import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatSigned } from "../format/number.ts";
import { useLive } from "../live/live-context.tsx";
import type { ProductWords } from "../live/product-words.ts";
import type { StockRow } from "../live/row-store.ts";
import { useThrottled } from "../live/use-throttled.ts";
import "./latest-changes.css";

type LatestChangesProps = {
  words: ProductWords;
  locationNames: ReadonlyMap<string, string>;
  onOpen: (key: string) => void;
};

const REFRESH_MS = 1500;

/** What changed last, anywhere, one click from its row. It holds still while somebody points at it or has the focus in it. */
export function LatestChanges({ words, locationNames, onOpen }: LatestChangesProps) {
  const { t } = useTranslation();
  const { rows } = useLive().stock;
  const latest = useThrottled(rows.subscribe, rows.latestChanges, REFRESH_MS);
  const [held, setHeld] = useState<readonly StockRow[] | null>(null);
  const hold = () => setHeld((last) => last ?? latest);
  const release = () => setHeld(null);
  const shown = held ?? latest;
  if (shown.length === 0) return null;
  return (
    <section
      className="latest"
      aria-label={t("Latest changes")}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
    >
      <span className="latest-label">{t("Just changed")}</span>
      <ol>
        {shown.map((row) => {
          const delta = row.change?.delta ?? 0;
          return (
            <li key={`${row.key} ${row.change?.atMs}`}>
              <button
                type="button"
                className={`latest-change ${delta > 0 ? "rise" : "fall"}`}
                onClick={() => onOpen(row.key)}
              >
                <b>{formatSigned(delta)}</b>
                {words.get(row.gtin)?.name ?? row.gtin}, {locationNames.get(row.locationId) ?? row.locationId}
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
