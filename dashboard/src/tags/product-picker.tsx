import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { Product } from "../../../domain/product.ts";
import { useLive } from "../live/live-context.tsx";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";

const SHOWN = 6;
const FEWEST_LETTERS = 2;

type ProductPickerProps = { value: Product | null; onChange: (product: Product | null) => void };

/** Finds a product by its GTIN, SKU or name. */
export function ProductPicker({ value, onChange }: ProductPickerProps) {
  const { t } = useTranslation();
  const { client } = useLive();
  const [text, setText] = useState("");
  const words = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ["products", "search", words],
    queryFn: ({ signal }) => client.products.list({ query: words, limit: SHOWN, signal }),
    enabled: words.length >= FEWEST_LETTERS,
    placeholderData: (last) => last,
  });
  if (value !== null) {
    return (
      <div className="picker">
        <span className="field-label">{t("Product")}</span>
        <div className="picker-chosen">
          <ProductLines product={value} />
          <Button onClick={() => onChange(null)}>{t("Change")}</Button>
        </div>
      </div>
    );
  }
  const items = words.length < FEWEST_LETTERS ? [] : (found.data?.items ?? []);
  return (
    <div className="picker">
      <TextField
        label={t("Product")}
        value={text}
        placeholder={t("GTIN, SKU or name")}
        onChange={(event) => setText(event.target.value)}
      />
      {items.length === 0 ? null : (
        <ul className="picker-found" aria-label={t("Products found")}>
          {items.map((product) => (
            <li key={product.gtin}>
              <button type="button" onClick={() => onChange(product)}>
                <ProductLines product={product} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="muted" role="status">
        {found.error === null
          ? found.isSuccess && words.length >= FEWEST_LETTERS && items.length === 0
            ? t("No product fits. Import it first.")
            : ""
          : found.error.message}
      </p>
    </div>
  );
}

function ProductLines({ product }: { product: Product }) {
  return (
    <span>
      <span className="strong">{product.name === "" ? product.gtin : product.name}</span>{" "}
      <span className="muted numeric">
        {[product.gtin, product.sku].filter((word) => word !== "").join(" · ")}
      </span>
    </span>
  );
}
