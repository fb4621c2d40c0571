import { useTranslation } from "react-i18next";
import type { Miss } from "../../../domain/misses/miss.ts";
import { Button } from "../../src/ui/button.tsx";
import { Icon } from "../../src/ui/icon.tsx";
import { Part } from "../form/part.tsx";
import { unitsText } from "../tasks/task-words.ts";
import { dayText, gotBy } from "./alternative-words.ts";

type SavedSaleProps = { miss: Miss; nameOf: (locationId: string) => string; onClose: () => void };

/** The order that came of it: the server has said so. */
export function SavedSale({ miss, nameOf, onClose }: SavedSaleProps) {
  const { t } = useTranslation();
  const { chosen, orderId, quantity, alternatives } = miss;
  const place = alternatives.find(({ locationId }) => locationId === chosen?.locationId);
  const isAsPromised = place !== undefined && place.readyAt !== null && place.method === chosen?.method;
  return (
    <Part title={t("Ordered")}>
      <div role="status" data-testid="saved" className="stack">
        <p className="done-line">
          <Icon name="check" size={28} />
          <span>
            {`${unitsText(t, chosen?.quantity ?? quantity)} · `}
            <strong>{nameOf(chosen?.locationId ?? "")}</strong>
            {chosen === null ? "" : `, ${gotBy(t, chosen.method)}`}
          </span>
        </p>
        <p>
          {t("Order number for the customer")}
          <strong className="order-number">{orderId}</strong>
        </p>
        {isAsPromised && place.readyAt !== null ? (
          <p>{t("Expected by {{time}}.", { time: dayText(place.readyAt) })}</p>
        ) : null}
      </div>
      <Button className="big" onClick={onClose}>
        {t("Done")}
      </Button>
    </Part>
  );
}
