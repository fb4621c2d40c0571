import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { TASK_KINDS, TASK_STATES, taskKindSchema, taskStateSchema } from "../../../domain/tasks/task.ts";
import { PageHead } from "../app/page-head.tsx";
import { withParam } from "../app/with-param.ts";
import { placeNames } from "../item/place-names.ts";
import { useLocations } from "../live/use-master-data.ts";
import { useNowMs } from "../ui/clock.ts";
import { SelectField } from "../ui/field.tsx";
import { LocationField } from "../ui/location-field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { taskColumns } from "./task-columns.tsx";
import { TaskDialog } from "./task-dialog.tsx";
import { taskKindWords, taskStateWords } from "./task-words.ts";
import { useTasks } from "./use-tasks.ts";

const NEEDS_PERSON = "needs_person";
const OVERDUE = "overdue";

/** What the staff of stores are asked to do, how long it waits, and who does it. */
export function TasksPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const locations = useLocations();
  const names = useMemo(() => placeNames(locations), [locations]);
  const nowMs = useNowMs();
  const location = search.get("location") ?? "";
  const state = search.get("state") ?? "";
  const kind = taskKindSchema.safeParse(search.get("kind"));
  const status = taskStateSchema.safeParse(state);
  const query = useTasks({
    ...(location === "" ? {} : { location }),
    ...(kind.success ? { kind: kind.data } : {}),
    ...(status.success ? { state: status.data } : {}),
    ...(state === NEEDS_PERSON ? { needsPerson: true } : {}),
    ...(state === OVERDUE ? { overdue: true } : {}),
  });
  const openId = search.get("open");
  const set = (name: string, value: string) =>
    setSearch((last) => withParam(last, name, value), { replace: true });

  return (
    <>
      <PageHead title={t("Store tasks")} />
      <div className="page-body">
        <div className="toolbar">
          <SelectField
            label={t("State")}
            isLabelHidden
            value={state}
            choices={[
              { value: "", label: t("To be done") },
              { value: OVERDUE, label: t("Overdue") },
              { value: NEEDS_PERSON, label: t("Somebody has to look") },
              ...TASK_STATES.map((each) => ({ value: each, label: taskStateWords(t, each) })),
            ]}
            onChange={(value) => set("state", value)}
          />
          <SelectField
            label={t("Kind")}
            isLabelHidden
            value={kind.success ? kind.data : ""}
            choices={[
              { value: "", label: t("All kinds") },
              ...TASK_KINDS.map((each) => ({ value: each, label: taskKindWords(t, each) })),
            ]}
            onChange={(value) => set("kind", value)}
          />
          <LocationField
            value={location}
            locations={locations}
            onChange={(value) => set("location", value)}
          />
        </div>
        <PagedTable
          label={t("Store tasks")}
          query={query}
          columns={taskColumns(t, names, nowMs, (task) => set("open", task.taskId))}
          keyOf={(task) => task.taskId}
          loading={t("Loading tasks")}
          failed={{
            title: t("Tasks can't be shown"),
            words: t("The stores' devices keep them all the same."),
          }}
          empty={
            <Notice icon="check" title={t("Nothing of this kind is to be done")}>
              {t("Tasks come of orders and of requests, and are listed for two days after they ended.")}
            </Notice>
          }
        />
      </div>
      {openId === null ? null : (
        <TaskDialog key={openId} taskId={openId} names={names} onClose={() => set("open", "")} />
      )}
    </>
  );
}
