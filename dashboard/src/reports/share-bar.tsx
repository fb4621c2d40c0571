import { formatShare } from "../format/number.ts";

/** A share in words, with a bar from 0 to 100 % beside it. */
export function ShareBar({ share }: { share: number | null }) {
  if (share === null) return "–";
  return (
    <span className="share-bar">
      <span className="numeric">{formatShare(share)}</span>
      <span className="share-bar-track" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
}
