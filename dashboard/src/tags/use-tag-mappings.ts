import { useTranslation } from "react-i18next";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";
import { showToast } from "../ui/toasts.tsx";

const PAGE_ROWS = 100;

export function useTagMappings(words: string) {
  const { client } = useLive();
  return usePages(["tag-mappings", words], (page) =>
    client.tagMappings.list({ ...page, limit: PAGE_ROWS, ...(words === "" ? {} : { query: words }) }),
  );
}

export function useMapTags(onDone: () => void) {
  const { t } = useTranslation();
  const { client } = useLive();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ tags, gtin, note }: { tags: readonly string[]; gtin: string; note: string }) =>
      client.tagMappings.put(tags.map((epc) => ({ epc, gtin, note }))),
    onSuccess: async (_, { tags }) => {
      showToast(
        "good",
        t("{{count}} tags are mapped", { count: tags.length }),
        t("Their reads that waited are being counted now."),
      );
      onDone();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["tag-mappings"] }),
        queries.invalidateQueries({ queryKey: ["lists"] }),
      ]);
    },
  });
}

export function useUnmapTag() {
  const { t } = useTranslation();
  const { client } = useLive();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (epc: string) => client.tagMappings.remove(epc),
    onSuccess: () =>
      showToast(
        "good",
        t("The mapping is withdrawn"),
        t("Items that it made keep their product and stay in stock."),
      ),
    onError: (error) => showToast("bad", t("Nothing was changed"), error.message),
    onSettled: () => queries.invalidateQueries({ queryKey: ["tag-mappings"] }),
  });
}
