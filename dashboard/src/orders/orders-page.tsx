import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { fulfilmentMethodSchema } from "../../../domain/reservations/reservation.ts";
import { fulfilmentStatusSchema } from "../../../domain/orders/order.ts";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { placeNames } from "../item/place-names.ts";
import { useLocations, useProductWords } from "../live/use-master-data.ts";
import { SelectField } from "../ui/field.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { SearchBox } from "../ui/search-box.tsx";
import { orderColumns } from "./order-columns.tsx";
import { methodWords, statusWords } from "./order-words.ts";
import { useOrders } from "./use-orders.ts";

const MUST_TELL = "must_tell";

/** Orders with something left to do, or that ended in the last day; any order by its number. */
export function OrdersPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const words = useProductWords();
  const names = useMemo(() => placeNames(locations), [locations]);
  const state = search.get("state") ?? "";
  const location = search.get("location") ?? "";
  const status = fulfilmentStatusSchema.safeParse(state);
  const method = fulfilmentMethodSchema.safeParse(search.get("method"));
  const query = useOrders({
    ...(location === "" ? {} : { location }),
    ...(status.success ? { status: status.data } : {}),
    ...(method.success ? { method: method.data } : {}),
    ...(state === MUST_TELL ? { mustTell: true } : {}),
  });
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });
  const choices = (words: Record<string, string>) =>
    Object.entries(words).map(([value, label]) => ({ value, label }));

  return (
    <>
      <PageHead title={t("Orders")} />
      <div className="page-body">
        <div className="toolbar">
          <SearchBox
            label={t("Open an order by its number")}
            placeholder={t("Order number")}
            value=""
            applied="on-enter"
            onChange={(value) => {
              if (value.trim() !== "") void navigate(`/orders/${encodeURIComponent(value.trim())}`);
            }}
          />
          <SelectField
            label={t("State")}
            isLabelHidden
            value={state}
            choices={[
              { value: "", label: t("All with something left to do") },
              { value: MUST_TELL, label: t("A customer waits for a word") },
              ...choices(statusWords(t)),
            ]}
            onChange={(value) => set("state", value)}
          />
          <SelectField
            label={t("Method")}
            isLabelHidden
            value={search.get("method") ?? ""}
            choices={[{ value: "", label: t("All methods") }, ...choices(methodWords(t))]}
            onChange={(value) => set("method", value)}
          />
          <LocationField
            value={location}
            locations={locations}
            onChange={(value) => set("location", value)}
          />
        </div>
        <PagedTable
          label={t("Orders")}
          query={query}
          columns={orderColumns(t, names, words)}
          keyOf={(order) => order.orderId}
          loading={t("Loading orders")}
          failed={{ title: t("Orders can't be shown"), words: t("What was ordered is held all the same.") }}
          empty={
            <Notice icon="check" title={t("No such orders")}>
              {t(
                "Nothing of this kind is left to do. An order that ended before yesterday is found by its number.",
              )}
            </Notice>
          }
        />
      </div>
    </>
  );
}
