import { useTranslation } from "react-i18next";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { OnhandClient } from "../../../client/onhand-client.ts";
import type { ReadPointId } from "../../../client/settings-calls.ts";
import type { TrackingOverrides } from "../../../domain/tracking/tracking-settings.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";
import { useSession } from "../session/session-context.ts";
import { showToast } from "../ui/toasts.tsx";

const REFRESH_MS = 5000;
const PAGE_ROWS = 50;

type ReadPointRule = Parameters<OnhandClient["settings"]["setReadPoint"]>[1];

/** Settings are an administrator's; merchandisers read them. */
export function useMayEdit(): boolean {
  return useSession().role === "admin";
}

export function useTracking() {
  const { client } = useLive();
  return useQuery({
    queryKey: ["settings", "tracking"],
    queryFn: ({ signal }) => client.settings.tracking(signal),
    refetchInterval: REFRESH_MS,
  });
}

export function useReadPoints() {
  const { client } = useLive();
  return useQuery({
    queryKey: ["settings", "read-points"],
    queryFn: ({ signal }) => client.settings.readPoints(signal),
  });
}

export function useSettingsHistory() {
  const { client } = useLive();
  return usePages(["settings", "history"], ({ signal, ...page }) =>
    client.settings.history({ ...page, limit: PAGE_ROWS }, signal),
  );
}

/** One change of settings; whatever shows settings is read again after it. */
function useChange<Wish>(change: (client: OnhandClient, wish: Wish) => Promise<unknown>, onDone: () => void) {
  const { t } = useTranslation();
  const { client } = useLive();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) => change(client, wish),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["settings"] });
      showToast("good", t("Saved"), t("It counts for what is taken in from now on."));
      onDone();
    },
  });
}

export function useSetTracking(onDone: () => void) {
  type Wish = { locationId: string | null; overrides: TrackingOverrides; note: string };
  return useChange<Wish>(
    (client, { locationId, overrides, note }) => client.settings.setTracking(locationId, overrides, note),
    onDone,
  );
}

export function useSetReadPoint(onDone: () => void) {
  type Wish = { id: ReadPointId; rule: ReadPointRule };
  return useChange<Wish>((client, { id, rule }) => client.settings.setReadPoint(id, rule), onDone);
}

export function useRemoveReadPoint(onDone: () => void) {
  return useChange<ReadPointId>((client, id) => client.settings.removeReadPoint(id), onDone);
}
