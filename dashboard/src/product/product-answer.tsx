import { useTranslation } from "react-i18next";
import type { PlaceNames } from "../item/place-names.ts";
import type { StockRow } from "../live/row-store.ts";

/** Where can it be had? In words, above the figures: live, of the rows that this person may see. */
export function ProductAnswer({ rows, names }: { rows: readonly StockRow[]; names: PlaceNames }) {
  const { t } = useTranslation();
  const onHand = rows.reduce((sum, row) => sum + row.onHand, 0);
  const [most, ...others] = rows
    .filter(({ available }) => available > 0)
    .toSorted((a, b) => b.available - a.available);
  const place = most === undefined ? "" : names.location(most.locationId);
  function answer(): string {
    if (onHand <= 0) return t("There is none of it anywhere.");
    if (most === undefined)
      return t("None of it may be promised: what is there is held, withheld or not for sale.");
    if (onHand === 1) return t("The last one is at {{place}}, and may be promised.", { place });
    if (others.length === 0) return t("It may be promised at {{place}} alone.", { place });
    return t("It may be promised at {{places}} locations, most at {{place}}.", {
      places: others.length + 1,
      place,
    });
  }
  return (
    <p className="product-answer" data-testid="product-answer">
      {answer()}
    </p>
  );
}
