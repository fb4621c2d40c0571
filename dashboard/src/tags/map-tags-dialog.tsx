import { useTranslation } from "react-i18next";
import { useState } from "react";
import type { Product } from "../../../domain/product.ts";
import { TextAreaField, TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import "./map-tags-dialog.css";
import { ProductPicker } from "./product-picker.tsx";
import { useMapTags } from "./use-tag-mappings.ts";

/** Says which product tags are on that name none themselves; `epcs` are those to begin with. */
export function MapTagsDialog({ epcs, onClose }: { epcs: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(epcs.join("\n"));
  const [product, setProduct] = useState<Product | null>(null);
  const [note, setNote] = useState("");
  const save = useMapTags(onClose);
  const tags = text.split(/\s+/).filter((tag) => tag !== "");
  return (
    <FormDialog
      title={t("Map tags to a product")}
      action={tags.length > 1 ? t("Map {{number}} tags", { number: tags.length }) : t("Map the tag")}
      canSave={product !== null && tags.length > 0}
      save={save}
      onSave={() => {
        if (product !== null) save.mutate({ tags, gtin: product.gtin, note: note.trim() });
      }}
      onClose={onClose}
    >
      <p className="muted">
        {t(
          "Their reads that waited are then counted. Tags that name a product by their own code can't be mapped.",
        )}
      </p>
      <TextAreaField
        label={t("Tags, one a line")}
        hint={t("The EPC as hex or as a URI.")}
        value={text}
        onChange={setText}
      />
      <ProductPicker value={product} onChange={setProduct} />
      <TextField
        label={t("Note (optional)")}
        value={note}
        maxLength={500}
        placeholder={t("For example: supplier's own tags")}
        onChange={(event) => setNote(event.target.value)}
      />
    </FormDialog>
  );
}
