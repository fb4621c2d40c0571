import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { type Reservation, reservationStatusSchema } from "../../../domain/reservations/reservation.ts";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { formatWhole } from "../format/number.ts";
import { type PlaceNames, placeNames } from "../item/place-names.ts";
import type { ProductWords } from "../live/product-words.ts";
import { useLocations, useProductWords } from "../live/use-master-data.ts";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import type { Column } from "../ui/data-table.tsx";
import { SelectField } from "../ui/field.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { HoldBadge, holdStatusChoices } from "./hold-badge.tsx";
import { HoldDialog } from "./hold-dialog.tsx";
import "./holds-page.css";
import { TimeLeft } from "./time-left.tsx";
import { useHolds } from "./use-holds.ts";

const AT_RISK = "at_risk";

/** What is promised to whom: holds and orders on stock, until when, and those that stock does not cover any more. */
export function HoldsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const words = useProductWords();
  const names = useMemo(() => placeNames(locations), [locations]);
  const location = search.get("location") ?? "";
  const state = search.get("state") ?? "";
  const gtin = search.get("gtin") ?? "";
  const status = reservationStatusSchema.safeParse(state);
  const query = useHolds({
    ...(location === "" ? {} : { location }),
    ...(gtin === "" ? {} : { gtin }),
    ...(status.success ? { status: status.data } : {}),
    ...(state === AT_RISK ? { atRisk: true } : {}),
  });
  const holds = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = holds.find((hold) => hold.reservationId === search.get("open"));
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });

  return (
    <>
      <PageHead title={t("Holds")} />
      <div className="page-body">
        <div className="toolbar">
          <SelectField
            label={t("State")}
            isLabelHidden
            value={state}
            choices={[
              { value: "", label: t("All that hold stock") },
              { value: AT_RISK, label: t("At risk") },
              ...holdStatusChoices(t),
            ]}
            onChange={(value) => set("state", value)}
          />
          <LocationField
            value={location}
            locations={locations}
            onChange={(value) => set("location", value)}
          />
          {gtin === "" ? null : (
            <Button onClick={() => set("gtin", "")}>
              {t("Only {{product}} ×", { product: words.get(gtin)?.name ?? gtin })}
            </Button>
          )}
        </div>
        <PagedTable
          label={t("Holds")}
          query={query}
          columns={columnsOf(names, words, t, (hold) => set("open", hold.reservationId))}
          keyOf={(hold) => hold.reservationId}
          loading={t("Loading holds")}
          failed={{ title: t("Holds can't be shown"), words: t("What was granted counts all the same.") }}
          empty={
            state === AT_RISK ? (
              <Notice icon="check" title={t("Nothing is at risk")}>
                {t("Stock covers every promise that was made.")}
              </Notice>
            ) : (
              <Notice icon="hold" title={t("Nothing is held")}>
                {t("A storefront holds stock with POST /v1/reservations; it shows here until it ends.")}
              </Notice>
            )
          }
        />
      </div>
      {open === undefined ? null : (
        <HoldDialog
          key={open.reservationId}
          hold={open}
          names={names}
          words={words}
          locations={locations}
          onClose={() => set("open", "")}
        />
      )}
    </>
  );
}

function columnsOf(
  names: PlaceNames,
  words: ProductWords,
  t: TFunction,
  onOpen: (hold: Reservation) => void,
): Column<Reservation>[] {
  return [
    {
      label: t("Products"),
      look: "wide",
      cell: ({ lines }) => {
        const [first] = lines;
        if (first === undefined) return null;
        const name = words.get(first.gtin)?.name ?? first.gtin;
        return (
          <>
            <div className="strong">
              {lines.length === 1
                ? name
                : t("{{name}} and {{more}} more", { name, more: formatWhole(lines.length - 1) })}
            </div>
            <div className="muted">
              {[...new Set(lines.map((line) => names.location(line.locationId)))].join(", ")}
            </div>
          </>
        );
      },
    },
    { label: t("Units"), look: "number", cell: ({ lines }) => formatWhole(unitsOf(lines)) },
    { label: t("State"), cell: (hold) => <HoldBadge hold={hold} /> },
    { label: t("Channel"), cell: (hold) => hold.channel },
    { label: t("Granted"), cell: (hold) => <Age atMs={Date.parse(hold.createdAt)} /> },
    { label: t("Time left"), cell: (hold) => <TimeLeft until={hold.expiresAt ?? hold.holdUntil} /> },
    {
      label: t("Look"),
      look: "actions",
      cell: (hold) => (
        <Button
          look={hold.isAtRisk ? "primary" : "plain"}
          onClick={() => onOpen(hold)}
          aria-label={t("Look at reservation {{id}}", { id: hold.reservationId })}
        >
          {hold.isAtRisk ? t("Resolve") : t("Look")}
        </Button>
      ),
    },
  ];
}

function unitsOf(lines: Reservation["lines"]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}
