import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Annotation, AnnotationWish } from "../../../domain/api/annotations.ts";
import { useLive } from "../live/live-context.tsx";
import { useSession } from "../session/session-context.ts";

const REFRESH_MS = 60_000;
const READERS: ReadonlySet<string> = new Set(["merchandiser", "analyst", "admin"]);
const WRITERS: ReadonlySet<string> = new Set(["merchandiser", "admin"]);

/** All that was written beside figures, once for every chart of a page; nothing is asked for who may not read it. */
export function useAnnotations(isWanted = true) {
  const { client } = useLive();
  const { role } = useSession();
  return useQuery({
    queryKey: ["annotations"],
    queryFn: ({ signal }) => client.annotations.list({ signal }),
    staleTime: REFRESH_MS,
    refetchInterval: REFRESH_MS,
    enabled: isWanted && READERS.has(role),
  });
}

/** Whether this person may write beside figures. */
export function useMayAnnotate(): boolean {
  return WRITERS.has(useSession().role);
}

/** Writes, changes (`annotationId`) or takes back (`wish` null) one; every chart shows it at once. */
export function useAnnotationChange(onDone: () => void) {
  const { client } = useLive();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({
      annotationId,
      wish,
    }: {
      annotationId: Annotation["annotationId"] | null;
      wish: AnnotationWish | null;
    }) => {
      if (annotationId === null) return wish === null ? null : await client.annotations.create(wish);
      return wish === null
        ? await client.annotations.remove(annotationId)
        : await client.annotations.change(annotationId, wish);
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["annotations"] });
      onDone();
    },
  });
}
