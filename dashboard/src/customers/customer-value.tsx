import { useTranslation } from "react-i18next";
import { formatInstant, formatProbability, formatWhole } from "../format/number.ts";
import { formatMoney } from "../format/money.ts";
import { formatDay } from "../format/day.ts";
import { channelWord } from "../reports/report-filter-bar.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { PagePart, PartAnswer } from "../ui/page-part.tsx";
import { usePredicted, usePurchases } from "./use-customer.ts";

/** Lifetime value: what was brought so far, and what is expected. Two figures, never one sum. */
export function CustomerValue({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const purchases = usePurchases(customerId);
  const predicted = usePredicted(customerId);
  return (
    <>
      <PagePart title={t("Brought so far")}>
        <PartAnswer query={purchases}>
          {({ values }) =>
            values.length === 0 ? (
              <p className="muted">{t("Nothing was bought yet.")}</p>
            ) : (
              <div className="customer-values">
                {values.map((value) => (
                  <Facts key={value.currency}>
                    <Fact label={t("Lifetime value, historic")}>
                      {formatMoney(value.net, value.currency)}
                    </Fact>
                    <Fact label={t("Sales")}>{formatMoney(value.sales, value.currency)}</Fact>
                    <Fact label={t("Came back")}>{formatMoney(value.returns, value.currency)}</Fact>
                    <Fact label={t("Orders")}>{formatWhole(value.orders)}</Fact>
                    <Fact label={t("Channels")}>
                      {value.channels.map((channel) => channelWord(t, channel)).join(", ") || "–"}
                    </Fact>
                    <Fact label={t("First bought")}>
                      {value.firstAt === null ? "–" : formatInstant(Date.parse(value.firstAt))}
                    </Fact>
                    <Fact label={t("Last bought")}>
                      {value.lastAt === null ? "–" : formatInstant(Date.parse(value.lastAt))}
                    </Fact>
                  </Facts>
                ))}
              </div>
            )
          }
        </PartAnswer>
      </PagePart>
      <PagePart
        title={t("Expected in the next 12 months")}
        note={t(
          "An expectation with its interval, not what this person will spend. It is no part of what was brought.",
        )}
      >
        <PartAnswer query={predicted}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="muted">{t("Nothing is predicted for this customer.")}</p>
            ) : (
              <div className="customer-values">
                {items.map((value) => (
                  <Facts key={value.currency}>
                    <Fact label={t("Lifetime value, predicted")}>
                      {value.value === null ? "–" : formatMoney(value.value, value.currency)}
                    </Fact>
                    <Fact label={t("95 % interval")}>
                      {value.interval === null
                        ? "–"
                        : `${formatMoney(value.interval.lower, value.currency)} – ${formatMoney(value.interval.upper, value.currency)}`}
                    </Fact>
                    <Fact label={t("Buys again")}>
                      {value.alive === null ? "–" : formatProbability(value.alive)}
                    </Fact>
                    <Fact label={t("As of")}>{formatDay(value.asOf)}</Fact>
                  </Facts>
                ))}
              </div>
            )
          }
        </PartAnswer>
      </PagePart>
    </>
  );
}
