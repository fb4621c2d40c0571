import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { AttentionItem, Urgency } from "../../../domain/api/attention.ts";
import { formatMoney } from "../format/money.ts";
import { formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import { Age } from "../ui/age.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import "./attention-list.css";
import { attentionWords, causesText, urgencyWords } from "./attention-words.ts";

const ICONS: Record<Urgency, IconName> = { now: "warning", today: "info", watch: "target" };

type AttentionListProps = { items: readonly AttentionItem[]; names: PlaceNames; label: string };

/** What needs somebody: how many of what, where, why, what is at stake, since when, and the way there. */
export function AttentionList({ items, names, label }: AttentionListProps) {
  return (
    <ol className="attention-list" aria-label={label}>
      {items.map((item) => (
        <AttentionLine key={item.id} item={item} names={names} />
      ))}
    </ol>
  );
}

function AttentionLine({ item, names }: { item: AttentionItem; names: PlaceNames }) {
  const { t } = useTranslation();
  const { title, action } = attentionWords(t, item.kind);
  const causes = causesText(t, item);
  const place = item.locationId === null ? t("Everywhere") : names.location(item.locationId);
  return (
    <li className={`attention-line ${item.urgency}`} data-testid="attention">
      <Link to={item.link} className="attention-link">
        <span className="attention-mark">
          <Icon name={ICONS[item.urgency]} size={16} />
          <span className="visually-hidden">{urgencyWords(t, item.urgency)}:</span>
        </span>
        <strong className="attention-count numeric">{formatWhole(item.count)}</strong>
        <span className="attention-what">
          <span className="attention-title">{title}</span>
          <span className="attention-where">
            {place}
            {causes === "" ? null : ` · ${causes}`}
          </span>
        </span>
        <span className="attention-money numeric">
          {item.atStake.map(({ currency, amount }) => formatMoney(amount, currency)).join(" + ")}
        </span>
        <span className="attention-since">
          {item.since === null ? null : (
            <>
              <span className="visually-hidden">{t("Since")} </span>
              <Age atMs={Date.parse(item.since)} />
            </>
          )}
        </span>
        <span className="attention-action">
          {action}
          <span aria-hidden="true"> →</span>
        </span>
      </Link>
    </li>
  );
}
