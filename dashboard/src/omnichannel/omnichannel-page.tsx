import { useTranslation } from "react-i18next";
import { TabbedPage } from "../app/tabbed-page.tsx";
import "../reports/report-page.css";
import { ChannelsPart } from "./channels-part.tsx";
import "./omnichannel-page.css";
import { PickupPart } from "./pickup-part.tsx";
import { RetentionPart } from "./retention-part.tsx";
import { ReturnsPart } from "./returns-part.tsx";
import { ValuePart } from "./value-part.tsx";

/** What customers are worth, whether they come back, and what they get in which channel. */
export function OmnichannelPage() {
  const { t } = useTranslation();
  return (
    <TabbedPage
      title={t("Omnichannel")}
      path="/omnichannel"
      parts={[
        { id: "value", label: t("Value"), Part: ValuePart },
        { id: "retention", label: t("Retention"), Part: RetentionPart },
        { id: "pickup", label: t("Pickup"), Part: PickupPart },
        { id: "returns", label: t("Returns & saved sales"), Part: ReturnsPart },
        { id: "channels", label: t("Channels & offers"), Part: ChannelsPart },
      ]}
    />
  );
}
