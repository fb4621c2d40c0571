import { formatShare } from "../format/number.ts";

/** A share in words, with a bar from 0 to 100 % beside it. `interval`: between which it lies, drawn over the bar. */
export function ShareBar({
  share,
  interval,
}: {
  share: number | null;
  interval?: readonly [lower: number | null, upper: number | null];
}) {
  const [lower, upper] = interval ?? [null, null];
  if (share === null) return "–";
  return (
    <span className="share-bar">
      <span className="numeric">{formatShare(share)}</span>
      <span className="share-bar-track" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
        {lower === null || upper === null ? null : (
          <i style={{ left: `${lower * 100}%`, width: `${(upper - lower) * 100}%` }} />
        )}
      </span>
    </span>
  );
}
