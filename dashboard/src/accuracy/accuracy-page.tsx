import { useTranslation } from "react-i18next";
import { TabbedPage } from "../app/tabbed-page.tsx";
import "../reports/report-page.css";
import { CountsPart } from "./counts-part.tsx";
import { ShelfPart } from "./shelf-part.tsx";
import { StockUsePart } from "./stock-use-part.tsx";
import { TrustPart } from "./trust-part.tsx";

/** Whether the book is right: what counts found, what can be believed between them, what is lost, and what the stock brings. */
export function AccuracyPage() {
  const { t } = useTranslation();
  return (
    <TabbedPage
      title={t("Accuracy")}
      path="/accuracy"
      parts={[
        { id: "counts", label: t("Book and counts"), Part: CountsPart },
        { id: "trust", label: t("Since the last look"), Part: TrustPart },
        { id: "shelf", label: t("Shelf and stock-outs"), Part: ShelfPart },
        { id: "stock", label: t("What stock brings"), Part: StockUsePart },
      ]}
    />
  );
}
