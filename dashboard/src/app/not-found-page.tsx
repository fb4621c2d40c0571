import { Link } from "react-router";
import { Notice } from "../ui/notice.tsx";

export function NotFoundPage() {
  return (
    <Notice icon="question" title="There is no such page" action={<Link to="/">Go to the first page</Link>}>
      The address may be from another version, or mistyped.
    </Notice>
  );
}
