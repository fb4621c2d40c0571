import { useState } from "react";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Figure, Figures } from "../ui/figure.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { Sparkline } from "../ui/sparkline.tsx";
import { showToast } from "../ui/toasts.tsx";
import { GallerySection } from "./gallery-section.tsx";

const AWAY = new Error("The server can't be reached.");
const ROWS = [
  { sku: "SCARF-1", name: "Wool scarf, grey", onHand: 12, state: "In step" },
  { sku: "BOOT-42", name: "Leather boot, 42", onHand: 0, state: "Sold out" },
];

const COLUMNS: readonly Column<(typeof ROWS)[number]>[] = [
  { label: "Product", look: "wide", cell: ({ name }) => name },
  { label: "SKU", cell: ({ sku }) => sku },
  { label: "On hand", look: "number", cell: ({ onHand }) => onHand },
  {
    label: "State",
    cell: ({ onHand, state }) => (
      <Badge tone={onHand > 0 ? "good" : "calm"} icon={onHand > 0 ? "check" : "empty"}>
        {state}
      </Badge>
    ),
  },
];

export function GalleryStates() {
  const [isOpen, setOpen] = useState<"dialog" | "drawer" | null>(null);
  return (
    <>
      <GallerySection title="Figures in a row">
        <Figures label="Stock">
          <Figure label="On hand" unit="units" title="What is there">
            48,210
          </Figure>
          <Figure label="Available" unit="units" title="What may be promised">
            44,019
          </Figure>
          <Figure label="Last hour" title="Reads">
            <Sparkline values={[3, 5, 4, 8, 9, 7, 11]} slots={12} label="Reads a minute" />
          </Figure>
        </Figures>
      </GallerySection>
      <GallerySection title="Tables">
        <DataTable label="Products" keyOf={({ sku }) => sku} rows={ROWS} columns={COLUMNS} />
      </GallerySection>
      <GallerySection title="Nothing, waiting, stale, failed">
        <Notice icon="empty" title="Nothing is on this list">
          Every tag that was read is known.
        </Notice>
        <TableSkeleton label="Loading" />
        <StaleNote error={AWAY} />
        <Failed title="Counts can't be read" error={AWAY} onRetry={() => undefined}>
          Stock is not affected.
        </Failed>
      </GallerySection>
      <GallerySection title="Dialogs and messages">
        <div className="gallery-row">
          <Button onClick={() => setOpen("dialog")}>Dialog</Button>
          <Button onClick={() => setOpen("drawer")}>Drawer</Button>
          <Button onClick={() => showToast("good", "It is saved", "From now on it counts.")}>Message</Button>
        </div>
        {isOpen === null ? null : (
          <Dialog title="A dialog" isDrawer={isOpen === "drawer"} onClose={() => setOpen(null)}>
            <p>Escape closes it, and the focus goes back to where it was.</p>
          </Dialog>
        )}
      </GallerySection>
    </>
  );
}
