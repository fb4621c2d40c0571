import { useTranslation } from "react-i18next";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Location } from "../../../domain/location.ts";
import { useLive } from "../live/live-context.tsx";
import { Button } from "../ui/button.tsx";
import { USUAL_ZONES, withUsualZones } from "./assignment.ts";

type NoZonesProps = { locationId: string; location: Location | undefined };

/** A reader can only look at zones that exist: offers to make the usual ones, and the location with them where it is new. */
export function NoZones({ locationId, location }: NoZonesProps) {
  const { t } = useTranslation();
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
          ? t("There is no location {{place}} yet.", { place: locationId })
          : t("{{place}} has no zones yet.", { place: location.name })}{" "}
        {t("The usual ones are: {{zones}}. They can be changed later.", {
          zones: USUAL_ZONES.map((zone) => zone.name).join(", "),
        })}
      </p>
      <Button disabled={create.isPending} onClick={() => create.mutate()}>
        {location === undefined
          ? t("Create {{place}} with these zones", { place: locationId })
          : t("Add these zones")}
      </Button>
      {create.error === null ? null : (
        <p role="alert">
          {create.error.message} {t("Nothing was changed.")}
        </p>
      )}
    </div>
  );
}
