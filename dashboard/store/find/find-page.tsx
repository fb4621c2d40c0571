import { useState } from "react";
import { RefusalNote } from "../tasks/refusal-note.tsx";
import type { Refusal } from "../outbox/outbox-entry.ts";
import { parseScan } from "../scan/parse-scan.ts";
import { ScanField } from "../scan/scan-field.tsx";
import { FoundProduct } from "./found-product.tsx";

/** Where is it? A product by its barcode or one of its tags: here by zone, and elsewhere. */
export function FindPage() {
  const [gtin, setGtin] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  return (
    <main className="page stack">
      <h1>Find</h1>
      <ScanField
        action="Find it"
        onScan={(text) => {
          const scanned = parseScan(text);
          if (scanned.ok) {
            setRefusal(null);
            setGtin(scanned.value.gtin);
          } else
            setRefusal({ status: 0, code: scanned.code, title: "Not read", detail: `${scanned.detail}.` });
        }}
      />
      <RefusalNote refusal={refusal} onClose={() => setRefusal(null)} />
      {gtin === "" ? (
        <p className="muted">Scan a product to see where it is here, and which other stores have it.</p>
      ) : (
        <FoundProduct key={gtin} gtin={gtin} />
      )}
    </main>
  );
}
