import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLive } from "../live/live-context.tsx";

export type ExplainWish = {
  gtin: string;
  locationId: string;
  channel: string;
  /** RFC 3339; empty = now. */
  at: string;
  /** What is known by now of that instant, instead of what was answered then. */
  isByEventTime: boolean;
};

/** Why the number is what it is. `revision` of the row: when it moves on, an explanation of now is asked for again. */
export function useExplanation(wish: ExplainWish, revision: string) {
  const { client } = useLive();
  const { gtin, locationId, channel, at, isByEventTime } = wish;
  return useQuery({
    queryKey: ["explain", wish, at === "" ? revision : ""],
    queryFn: ({ signal }) =>
      client.availability.explain(
        {
          gtin,
          location: locationId,
          ...(channel === "" ? {} : { channel }),
          ...(at === "" ? {} : { at, eventTime: isByEventTime }),
        },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}
