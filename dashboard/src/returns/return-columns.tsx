import type { TFunction } from "i18next";
import { Link } from "react-router";
import type { Return } from "../../../domain/returns/return.ts";
import { formatWhole } from "../format/number.ts";
import { EpcLink } from "../item/epc-link.tsx";
import type { PlaceNames } from "../item/place-names.ts";
import type { ProductWords } from "../live/product-words.ts";
import { methodWords } from "../orders/order-words.ts";
import { channelWord } from "../reports/report-filter-bar.tsx";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import type { Column } from "../ui/data-table.tsx";
import { flagWords, reasonWords, statusLooks, unitWord } from "./return-words.ts";

/** Of one return only so many items are named. */
const SHOWN_ITEMS = 3;

export function returnColumns(t: TFunction, names: PlaceNames, words: ProductWords): Column<Return>[] {
  const looks = statusLooks(t);
  const reasons = reasonWords(t);
  return [
    {
      label: t("What came back"),
      look: "wide",
      cell: ({ lines }) => (
        <>
          {lines.map((line) => (
            <div key={line.lineNo}>
              <Link className="strong quiet-link" to={`/products/${line.gtin}`}>
                {words.get(line.gtin)?.name ?? line.gtin}
              </Link>{" "}
              <span className="muted">
                {formatWhole(line.quantity)} × · {reasons[line.reason]}
              </span>
              <ReturnedItems line={line} t={t} />
            </div>
          ))}
        </>
      ),
    },
    {
      label: t("State"),
      cell: (one) => (
        <>
          <Badge tone={looks[one.status].tone} icon={looks[one.status].icon}>
            {looks[one.status].label}
          </Badge>
          <div className="muted">{unitsOf(one, t)}</div>
          <Flags one={one} t={t} />
        </>
      ),
    },
    { label: t("Bought"), cell: (one) => <BoughtWhere one={one} names={names} t={t} /> },
    {
      label: t("Came back to"),
      cell: ({ locationId }) => (
        <Link to={`/locations/${encodeURIComponent(locationId)}`}>{names.location(locationId)}</Link>
      ),
    },
    {
      label: t("Exchange"),
      cell: ({ exchangeOrderId }) =>
        exchangeOrderId === null ? (
          "–"
        ) : (
          <Link to={`/orders/${encodeURIComponent(exchangeOrderId)}`}>{exchangeOrderId}</Link>
        ),
    },
    { label: t("When"), cell: ({ takenAt, createdAt }) => <Age atMs={Date.parse(takenAt ?? createdAt)} /> },
  ];
}

function ReturnedItems({ line, t }: { line: Return["lines"][number]; t: TFunction }) {
  const shown = line.items.slice(0, SHOWN_ITEMS);
  return (
    <>
      {shown.map(({ epc }) => (
        <div key={epc}>
          <EpcLink epc={epc} />
        </div>
      ))}
      {line.items.length > shown.length ? (
        <div className="muted">{t("{{count}} more items", { count: line.items.length - shown.length })}</div>
      ) : null}
    </>
  );
}

/** `1 sellable, 2 to be looked at`. */
function unitsOf({ lines, status }: Return, t: TFunction): string {
  if (status === "refused") return t("nothing was moved");
  const sums = new Map<string, number>();
  for (const { units } of lines) {
    for (const [state, count] of Object.entries(units)) sums.set(state, (sums.get(state) ?? 0) + count);
  }
  return [...sums]
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${formatWhole(count)} ${unitWord(t, state)}`)
    .join(", ");
}

function Flags({ one, t }: { one: Return; t: TFunction }) {
  const words = flagWords(t);
  const flags = [
    ...new Set(one.lines.flatMap((line) => [...line.flags, ...line.items.flatMap((i) => i.flags)])),
  ];
  return (
    <>
      {flags.map((flag) => (
        <div key={flag}>
          <Badge tone="warn" icon="warning">
            {words[flag]}
          </Badge>
        </div>
      ))}
      {one.override === null ? null : (
        <div className="muted">{t("Taken in all the same: {{reason}}", { reason: one.override })}</div>
      )}
      {one.refusal === null ? null : <div className="muted">{one.refusal.detail}</div>}
      {one.takenAt !== null && !one.isNoted && one.boughtIn.kind === "order" ? (
        <div className="muted">{t("Its order does not know of it yet.")}</div>
      ) : null}
    </>
  );
}

function BoughtWhere({ one, names, t }: { one: Return; names: PlaceNames; t: TFunction }) {
  const { kind, id, channel, method } = one.boughtIn;
  const ways = methodWords(t);
  const way = Object.entries(ways).find(([name]) => name === method)?.[1] ?? method;
  const how = [channel === null ? null : channelWord(t, channel), way].filter((word) => word !== null);
  const [soldAt = ""] = id.split("/");
  switch (kind) {
    case "order":
      return (
        <>
          <Link to={`/orders/${encodeURIComponent(id)}`}>{id}</Link>
          <div className="muted">{how.join(" · ")}</div>
        </>
      );
    case "sale":
      return (
        <>
          <div>{names.location(soldAt)}</div>
          <div className="muted">{t("receipt {{id}}", { id: id.slice(soldAt.length + 1) })}</div>
        </>
      );
    case "imported_order":
      return (
        <>
          <div>{id}</div>
          <div className="muted">{how.join(" · ")}</div>
        </>
      );
    case "unknown":
      return <span className="muted">{t("Not known")}</span>;
    default:
      return kind satisfies never;
  }
}
