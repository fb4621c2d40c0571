import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Location } from "../../../domain/location.ts";
import { useLive } from "../live/live-context.tsx";
import { Button } from "../ui/button.tsx";
import { USUAL_ZONES, withUsualZones } from "./assignment.ts";

type NoZonesProps = { locationId: string; location: Location | undefined };

/** A reader can only look at zones that exist: offers to make the usual ones, and the location with them where it is new. */
export function NoZones({ locationId, location }: NoZonesProps) {
  const { client } = useLive();
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: () => client.locations.put(withUsualZones(locationId, location)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["locations"] }),
  });
  return (
    <div className="assign-none">
      <p>
        {location === undefined
          ? `There is no location ${locationId} yet.`
          : `${location.name} has no zones yet.`}{" "}
        The usual ones are: {USUAL_ZONES.map((zone) => zone.name).join(", ")}. They can be changed later.
      </p>
      <Button disabled={create.isPending} onClick={() => create.mutate()}>
        {location === undefined ? `Create ${locationId} with these zones` : "Add these zones"}
      </Button>
      {create.error === null ? null : <p role="alert">{create.error.message} Nothing was changed.</p>}
    </div>
  );
}
