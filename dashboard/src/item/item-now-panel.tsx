import { Link } from "react-router";
import type { ItemLife } from "../../../domain/api/items.ts";
import { Age } from "../ui/age.tsx";
import { ProductLabel } from "../ui/product-label.tsx";
import type { PlaceNames } from "./place-names.ts";
import { StatusBadge } from "./status-badge.tsx";

/** The product of the tag, where the unit is believed to be, and what its bits say. */
export function ItemNowPanel({ life, names }: { life: ItemLife; names: PlaceNames }) {
  const { item, product, decoded, epc } = life;
  return (
    <section className="item-now" aria-label="What is believed now">
      <div>
        {product === null ? (
          <div className="strong">A tag that names no product</div>
        ) : (
          <ProductLabel product={product} />
        )}
        {product === null ? null : (
          <Link to={`/stock?q=${product.gtin}`} className="item-stock-link">
            Live stock of this product
          </Link>
        )}
      </div>
      {item === null ? (
        <p className="item-none">
          It was read, and is no stock: there was too little evidence, or its product is not known.
        </p>
      ) : (
        <dl className="item-facts">
          <Fact label="Status">
            <StatusBadge status={item.status} />
          </Fact>
          <Fact label="Where">
            {names.location(item.locationId)}
            {item.zoneId === "" ? "" : ` · ${names.zone(item.locationId, item.zoneId)}`}
          </Fact>
          <Fact label="State">{item.state}</Fact>
          <Fact label="Last seen">
            <Age atMs={Date.parse(item.lastSeenAt)} />
          </Fact>
          <Fact label="First seen">
            <Age atMs={Date.parse(item.firstSeenAt)} />
          </Fact>
        </dl>
      )}
      <dl className="item-facts">
        <Fact label="EPC">
          <code>{epc}</code>
        </Fact>
        <Fact label="Scheme">{decoded.scheme ?? "none that can be decoded"}</Fact>
        <Fact label="URI">
          <code>{uriOf(decoded)}</code>
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function uriOf(decoded: ItemLife["decoded"]): string {
  const uri = decoded["pureIdentityUri"];
  return typeof uri === "string" ? uri : decoded.rawUri;
}
