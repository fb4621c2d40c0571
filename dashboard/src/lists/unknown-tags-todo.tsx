import { useState } from "react";
import type { UnknownTags } from "../../../domain/api/lists.ts";
import { MapTagsDialog } from "../tags/map-tags-dialog.tsx";
import { Button } from "../ui/button.tsx";

const SUGGESTIONS: Record<UnknownTags["suggestion"], string> = {
  import_product: "Import the product",
  map_tags: "Map the tags to a product",
  encode_tags: "Encode the tags, or map them",
  ignore: "No trade item: leave it",
};

/** What to do about unknown tags, and where it can be done here, the way to do it. */
export function UnknownTagsTodo({ tags }: { tags: UnknownTags }) {
  const [isMapping, setMapping] = useState(false);
  const canMap = tags.suggestion === "map_tags" || tags.suggestion === "encode_tags";
  return (
    <div className="unknown-todo">
      <span>{SUGGESTIONS[tags.suggestion]}</span>
      {canMap ? <Button onClick={() => setMapping(true)}>Map …</Button> : null}
      {isMapping ? <MapTagsDialog epcs={[tags.example.epc]} onClose={() => setMapping(false)} /> : null}
    </div>
  );
}
