import { useQuery } from "@tanstack/react-query";
import type { FeatureCollection, MultiLineString } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import countriesUrl from "world-atlas/countries-50m.json?url";

type World = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;
export type Countries = { land: FeatureCollection; borders: MultiLineString };

/** Shapes of countries (Natural Earth, 1:50 million, public domain), from this server: no tiles, nothing from elsewhere. */
export function useCountries() {
  return useQuery({
    queryKey: ["countries"],
    queryFn: async ({ signal }): Promise<Countries> => {
      const response = await fetch(countriesUrl, { signal });
      if (!response.ok) throw new Error(`the shapes of countries: ${response.status}`);
      const world = (await response.json()) as World;
      return {
        land: feature(world, world.objects.land),
        borders: mesh(world, world.objects.countries, (a, b) => a !== b),
      };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
