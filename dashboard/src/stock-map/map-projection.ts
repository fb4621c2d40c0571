import { geoAzimuthalEqualArea, geoDistance, geoEqualEarth, type GeoProjection } from "d3-geo";

/** WGS 84 degrees, as GeoJSON has it: longitude first. */
export type Point = readonly [number, number];
export type MapView = { widthPx: number; heightPx: number; zoom: number; centre: Point | null };

const PADDING_PX = 56;
/** About 250 km: one store alone is shown in its country, not on its street corner. */
const LEAST_RADIUS = 0.04;
/** A sixth of the way around: beyond it a flat map of one side of the world says more. */
const WIDE_RADIUS = 1.05;

/**
 * A projection that shows all points, true to area, turned so that their middle is the map's. `zoom` 1 shows them all; a larger
 * one is around `centre`, or their middle.
 */
export function mapProjection(points: readonly Point[], view: MapView): GeoProjection {
  const middle = middleOf(points);
  const radius = Math.max(LEAST_RADIUS, ...points.map((point) => geoDistance(middle, [point[0], point[1]])));
  const size = Math.min(view.widthPx, view.heightPx);
  const space = Math.max(40, size / 2 - PADDING_PX);
  const wide = radius > WIDE_RADIUS;
  const projection = wide ? geoEqualEarth() : geoAzimuthalEqualArea();
  const [longitude, latitude] = view.centre ?? middle;
  projection.rotate(wide ? [-longitude, 0] : [-longitude, -latitude]);
  if (wide) {
    projection.fitExtent(
      [
        [8, 8],
        [view.widthPx - 8, view.heightPx - 8],
      ],
      { type: "Sphere" },
    );
    projection.scale(projection.scale() * view.zoom);
  } else {
    projection
      .translate([view.widthPx / 2, view.heightPx / 2])
      .scale((space / (2 * Math.sin(radius / 2))) * view.zoom);
  }
  return projection;
}

/** The middle of the smallest box around the points; 0, 0 without any. */
function middleOf(points: readonly Point[]): [number, number] {
  if (points.length === 0) return [0, 0];
  const of = (axis: 0 | 1) => {
    const values = points.map((point) => point[axis]);
    return (Math.min(...values) + Math.max(...values)) / 2;
  };
  return [of(0), of(1)];
}
