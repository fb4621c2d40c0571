import { useTranslation } from "react-i18next";
import { useState } from "react";
import type { Purchase, Return } from "../../../domain/returns/return.ts";
import type { Scan } from "../scan/parse-scan.ts";
import { PurchaseFinder } from "./purchase-finder.tsx";
import { ReturnForm } from "./return-form.tsx";
import { ReturnTaken } from "./return-taken.tsx";
import { ToLookAt } from "./to-look-at.tsx";

type Begun = { purchase: Purchase; scan: Scan | null };
type Taken = { one: Return; takenOut: readonly string[] };

/** Goods come back: what was bought is found, its lines are chosen, and what became of stock is shown. */
export function ReturnsPage() {
  const { t } = useTranslation();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [taken, setTaken] = useState<Taken | null>(null);
  return (
    <main className="page stack">
      <h1>{t("Returns")}</h1>
      {taken !== null ? (
        <ReturnTaken
          one={taken.one}
          takenOut={taken.takenOut}
          onChanged={(one) => setTaken({ ...taken, one })}
          onClose={() => setTaken(null)}
        />
      ) : begun !== null ? (
        <ReturnForm
          purchase={begun.purchase}
          scan={begun.scan}
          onTaken={(one, takenOut) => {
            setBegun(null);
            setTaken({ one, takenOut });
          }}
          onClose={() => setBegun(null)}
        />
      ) : (
        <>
          <PurchaseFinder onFound={(purchase, scan) => setBegun({ purchase, scan })} />
          <ToLookAt />
        </>
      )}
    </main>
  );
}
