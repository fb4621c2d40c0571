import { Link } from "react-router";
import { Notice } from "../ui/notice.tsx";

export function NotFoundPage() {
  return (
    <Notice icon="question" title="There is no such page" action={<Link to="/stock">Go to live stock</Link>}>
      The address may be from another version, or mistyped.
    </Notice>
  );
}
