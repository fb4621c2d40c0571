import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { UnknownTags } from "../../../domain/api/lists.ts";
import { MapTagsDialog } from "../tags/map-tags-dialog.tsx";
import { Button } from "../ui/button.tsx";

const SUGGESTIONS: Record<UnknownTags["suggestion"], (t: TFunction) => string> = {
  import_product: (t) => t("Import the product"),
  map_tags: (t) => t("Map the tags to a product"),
  encode_tags: (t) => t("Encode the tags, or map them"),
  ignore: (t) => t("No trade item: leave it"),
};

/** What to do about unknown tags, and where it can be done here, the way to do it. */
export function UnknownTagsTodo({ tags }: { tags: UnknownTags }) {
  const { t } = useTranslation();
  const [isMapping, setMapping] = useState(false);
  const canMap = tags.suggestion === "map_tags" || tags.suggestion === "encode_tags";
  return (
    <div className="unknown-todo">
      <span>{SUGGESTIONS[tags.suggestion](t)}</span>
      {canMap ? <Button onClick={() => setMapping(true)}>{t("Map …")}</Button> : null}
      {isMapping ? <MapTagsDialog epcs={[tags.example.epc]} onClose={() => setMapping(false)} /> : null}
    </div>
  );
}
