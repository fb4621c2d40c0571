import { useTranslation } from "react-i18next";
import type { Notice, OrderLine } from "../../../domain/orders/order.ts";
import type { PlaceNames } from "../item/place-names.ts";
import type { ProductWords } from "../live/product-words.ts";
import { Age } from "../ui/age.tsx";
import { Icon } from "../ui/icon.tsx";
import { causeWords } from "./order-words.ts";

type NoticesProps = {
  notices: readonly Notice[];
  lines: readonly OrderLine[];
  names: PlaceNames;
  words: ProductWords;
};

/** What the customer does not get, and whether they know. */
export function OrderNotices({ notices, lines, names, words }: NoticesProps) {
  const { t } = useTranslation();
  if (notices.length === 0) return null;
  const causes = causeWords(t);
  const nameOf = (notice: Notice) => {
    const gtin = lines.find(({ lineId }) => lineId === notice.lineId)?.gtin ?? "";
    return words.get(gtin)?.name ?? gtin;
  };
  return (
    <section className="order-part" aria-label={t("What the customer does not get")}>
      <h2>{t("What the customer does not get")}</h2>
      <ul className="order-notices">
        {notices.map((notice) => (
          <li key={notice.noticeId} className={notice.told === null ? "open" : undefined}>
            <Icon name={notice.told === null ? "warning" : "check"} size={16} />
            <div>
              <span className="strong">
                {notice.quantity} × {nameOf(notice)}
              </span>{" "}
              · {causes[notice.cause]} · <Age atMs={Date.parse(notice.since)} />
              <div className="muted">
                {notice.told === null
                  ? t("Nobody has told the customer yet.")
                  : t("The customer was told ({{by}}).", { by: notice.told.by })}{" "}
                {notice.alternatives.length === 0
                  ? t("No other place had it.")
                  : t("It was also at: {{places}}", {
                      places: notice.alternatives.map((each) => names.location(each.locationId)).join(", "),
                    })}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
