import { geoGraticule10, geoPath } from "d3-geo";
import { type PointerEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Location } from "../../../domain/location.ts";
import { IconButton } from "../ui/button.tsx";
import { useSize } from "../ui/use-size.ts";
import { mapProjection, type Point } from "./map-projection.ts";
import { MapSpots, type MapSpot } from "./map-spots.tsx";
import { useCountries } from "./use-countries.ts";

export type PlacedLocation = Location & { latitude: number; longitude: number };

type LocationMapProps = {
  locations: readonly PlacedLocation[];
  spotOf: (location: PlacedLocation) => Omit<MapSpot, "x" | "y">;
  open: PlacedLocation | undefined;
  onOpen: (locationId: string) => void;
  children?: ReactNode;
};

const MOST_ZOOM = 64;
const ZOOM_STEP = 1.7;

/** Locations on a map of countries. Dragging moves it, the buttons zoom; what it shows stands in the list beside it too. */
export function LocationMap({ locations, spotOf, open, onOpen, children }: LocationMapProps) {
  const { t } = useTranslation();
  const [frame, size] = useSize();
  const [zoom, setZoom] = useState(1);
  const [moved, setMoved] = useState<Point | null>(null);
  const drag = useRef<{ x: number; y: number } | null>(null);
  const countries = useCountries();
  const points = useMemo(
    () => locations.map(({ longitude, latitude }): Point => [longitude, latitude]),
    [locations],
  );
  const around: Point | null = open === undefined || zoom === 1 ? null : [open.longitude, open.latitude];
  const [centreLongitude, centreLatitude] = moved ?? around ?? [null, null];
  const projection = useMemo(
    () =>
      mapProjection(points, {
        ...size,
        zoom,
        centre:
          centreLongitude === null || centreLatitude === null ? null : [centreLongitude, centreLatitude],
      }),
    [points, size, zoom, centreLongitude, centreLatitude],
  );
  const shapes = useMemo(() => {
    const path = geoPath(
      projection.clipExtent([
        [-2, -2],
        [size.widthPx + 2, size.heightPx + 2],
      ]),
    );
    return {
      lines: path(geoGraticule10()) ?? "",
      land: countries.data === undefined ? "" : (path(countries.data.land) ?? ""),
      borders: countries.data === undefined ? "" : (path(countries.data.borders) ?? ""),
    };
  }, [projection, countries.data, size]);
  const spots = locations.flatMap((location) => {
    const [x, y] = projection([location.longitude, location.latitude]) ?? [];
    return x === undefined || y === undefined ? [] : [{ ...spotOf(location), x, y }];
  });

  function move(event: PointerEvent<SVGSVGElement>): void {
    if (drag.current === null) return;
    const from = drag.current;
    const centre = projection.invert?.([
      size.widthPx / 2 - (event.clientX - from.x),
      size.heightPx / 2 - (event.clientY - from.y),
    ]);
    drag.current = { x: event.clientX, y: event.clientY };
    if (centre !== undefined && centre !== null && centre.every(Number.isFinite)) setMoved(centre);
  }
  const zoomBy = (factor: number) => setZoom((last) => Math.min(MOST_ZOOM, Math.max(1, last * factor)));
  return (
    <div className="map-frame" ref={frame}>
      <svg
        width={size.widthPx}
        height={size.heightPx}
        role="img"
        aria-label={t("Map of the locations; the list beside it has the same in words")}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={move}
        onPointerUp={() => {
          drag.current = null;
        }}
        onPointerLeave={() => {
          drag.current = null;
        }}
      >
        <path d={shapes.lines} className="map-lines" />
        <path d={shapes.land} className="map-land" />
        <path d={shapes.borders} className="map-borders" />
        <MapSpots spots={spots} openId={open?.locationId} widthPx={size.widthPx} onOpen={onOpen} />
      </svg>
      <div className="map-tools">
        <IconButton icon="plus" label={t("Zoom in")} onClick={() => zoomBy(ZOOM_STEP)} />
        <IconButton icon="empty" label={t("Zoom out")} onClick={() => zoomBy(1 / ZOOM_STEP)} />
        <IconButton
          icon="target"
          label={t("Show all locations")}
          onClick={() => {
            setZoom(1);
            setMoved(null);
          }}
        />
      </div>
      {countries.error === null ? null : (
        <p className="map-note" role="alert">
          {t("The shapes of the countries could not be read; the points stand where they belong.")}
        </p>
      )}
      {children}
    </div>
  );
}
