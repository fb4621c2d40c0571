import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TaskAnswer, TaskKind } from "../../../domain/tasks/task.ts";
import { formatWhole } from "../format/number.ts";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { PagePart, PartAnswer, PartNote } from "../ui/page-part.tsx";
import { useOpenTasks } from "./use-location.ts";

/** Work that waits for the store's staff. */
export function TasksPart({ locationId }: { locationId: string }) {
  const { t } = useTranslation();
  const query = useOpenTasks(locationId);
  return (
    <PagePart title={t("Open tasks")}>
      <PartAnswer query={query}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <PartNote>{t("Nothing waits for the staff.")}</PartNote>
          ) : (
            <>
              <DataTable
                label={t("Open tasks")}
                columns={columnsOf(t)}
                rows={items}
                keyOf={(task) => task.taskId}
              />
              {nextCursor === null ? null : (
                <p className="muted">{t("These wait longest; there are more.")}</p>
              )}
            </>
          )
        }
      </PartAnswer>
    </PagePart>
  );
}

function taskKindWords(kind: TaskKind, t: TFunction): string {
  switch (kind) {
    case "pick":
      return t("Pick");
    case "stage":
      return t("Lay ready");
    case "hand_over":
      return t("Hand over");
    case "curbside_arrival":
      return t("Customer waits outside");
    case "return_to_shelf":
      return t("Back to the shelf");
    case "check_ghost":
      return t("Look whether it is there");
    default:
      return kind satisfies never;
  }
}

function columnsOf(t: TFunction): Column<TaskAnswer>[] {
  return [
    {
      label: t("Task"),
      look: "wide",
      cell: ({ kind, lines }) => {
        const [first] = lines;
        return (
          <>
            <div className="strong">{taskKindWords(kind, t)}</div>
            {first === undefined ? null : (
              <Link to={`/products/${first.gtin}`}>
                {first.productName === "" ? first.gtin : first.productName}
              </Link>
            )}
            {lines.length < 2 ? null : (
              <span className="muted">
                {" "}
                {t("and {{more}} more", { more: formatWhole(lines.length - 1) })}
              </span>
            )}
          </>
        );
      },
    },
    {
      label: t("State"),
      cell: ({ state, isOverdue }) =>
        isOverdue ? (
          <Badge tone="bad" icon="warning">
            {t("Overdue")}
          </Badge>
        ) : (
          <Badge
            tone={state === "accepted" ? "good" : "accent"}
            icon={state === "accepted" ? "check" : "list"}
          >
            {state === "accepted" ? t("Accepted") : t("Open")}
          </Badge>
        ),
    },
    { label: t("Waiting"), cell: ({ startsAt }) => <Age atMs={Date.parse(startsAt)} /> },
  ];
}
