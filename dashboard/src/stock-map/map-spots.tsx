import { placeLabels } from "./place-labels.ts";

export type MapSpot = {
  id: string;
  name: string;
  x: number;
  y: number;
  radius: number;
  /** Step of the palette's heat scale; 0 for nothing to promise, -1 for nothing known. */
  step: number;
  isWarehouse: boolean;
  /** What the spot says, in words. */
  words: string;
};

type MapSpotsProps = {
  spots: readonly MapSpot[];
  openId: string | undefined;
  widthPx: number;
  onOpen: (id: string) => void;
};

/** Stores are discs, warehouses squares; the larger the more units, the deeper the more of its products. The open one is ringed. */
export function MapSpots({ spots, openId, widthPx, onOpen }: MapSpotsProps) {
  // The open one gets its name first, then the largest; small ones are drawn above large ones.
  const ordered = spots.toSorted(
    (a, b) => Number(b.id === openId) - Number(a.id === openId) || b.radius - a.radius,
  );
  const labels = placeLabels(
    ordered.map((spot) => ({ ...spot, text: spot.name })),
    widthPx,
  );
  const names = new Map(spots.map(({ id, name }) => [id, name]));
  return (
    <>
      {ordered.map((spot) => (
        <Spot key={spot.id} spot={spot} isOpen={spot.id === openId} onOpen={onOpen} />
      ))}
      {labels.map(({ id, x, y, anchor }) => (
        <text key={id} x={x} y={y} textAnchor={anchor} dominantBaseline="central" className="map-name">
          {names.get(id)}
        </text>
      ))}
    </>
  );
}

type SpotProps = { spot: MapSpot; isOpen: boolean; onOpen: (id: string) => void };

function Spot({ spot, isOpen, onOpen }: SpotProps) {
  const { id, x, y, radius, step, isWarehouse, words } = spot;
  const look = `map-spot ${step < 0 ? "map-none" : `map-step-${step}`}`;
  return (
    <g onClick={() => onOpen(id)} className="map-place">
      <title>{words}</title>
      {isOpen ? <circle cx={x} cy={y} r={radius + 5} className="map-ring" /> : null}
      {isWarehouse ? (
        <rect x={x - radius} y={y - radius} width={2 * radius} height={2 * radius} rx={3} className={look} />
      ) : (
        <circle cx={x} cy={y} r={radius} className={look} />
      )}
    </g>
  );
}
