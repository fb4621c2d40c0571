import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ItemLife } from "../../../domain/api/items.ts";
import { Age } from "../ui/age.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { LocationLink } from "../ui/location-link.tsx";
import { ProductLabel } from "../ui/product-label.tsx";
import { itemStateWords } from "./item-state-words.ts";
import type { PlaceNames } from "./place-names.ts";
import { StatusBadge } from "./status-badge.tsx";

/** The product of the tag, where the unit is believed to be, and what its bits say. */
export function ItemNowPanel({ life, names }: { life: ItemLife; names: PlaceNames }) {
  const { t } = useTranslation();
  const { item, product, decoded, epc } = life;
  return (
    <section className="item-now" aria-label={t("What is believed now")}>
      <div>
        {product === null ? (
          <div className="strong">{t("A tag that names no product")}</div>
        ) : (
          <ProductLabel product={product} />
        )}
        {product === null ? null : (
          <p className="item-links">
            <Link to={`/stock?gtin=${product.gtin}`}>{t("Live stock of this product")}</Link>
            <Link to={`/items?gtin=${product.gtin}`}>{t("Its other items")}</Link>
          </p>
        )}
      </div>
      {item === null ? (
        <p className="item-none">
          {t("It was read, and is no stock: there was too little evidence, or its product is not known.")}
        </p>
      ) : (
        <Facts>
          <Fact label={t("Status")}>
            <StatusBadge status={item.status} />
          </Fact>
          <Fact label={t("Where")}>
            <LocationLink id={item.locationId} name={names.location(item.locationId)} />
            {item.zoneId === "" ? "" : ` · ${names.zone(item.locationId, item.zoneId)}`}
          </Fact>
          <Fact label={t("State")}>{itemStateWords(item.state, t)}</Fact>
          <Fact label={t("Last seen")}>
            <Age atMs={Date.parse(item.lastSeenAt)} />
          </Fact>
          <Fact label={t("First seen")}>
            <Age atMs={Date.parse(item.firstSeenAt)} />
          </Fact>
        </Facts>
      )}
      <Facts>
        <Fact label={t("EPC")}>
          <code>{epc}</code>
        </Fact>
        <Fact label={t("Scheme")}>{decoded.scheme ?? t("none that can be decoded")}</Fact>
        <Fact label={t("URI")}>
          <code>{uriOf(decoded)}</code>
        </Fact>
      </Facts>
    </section>
  );
}

function uriOf(decoded: ItemLife["decoded"]): string {
  const uri = decoded["pureIdentityUri"];
  return typeof uri === "string" ? uri : decoded.rawUri;
}
