import { Link } from "react-router";
import { Notice } from "../../src/ui/notice.tsx";

export function NothingHere({ title, children }: { title: string; children?: string }) {
  return (
    <Notice
      icon="question"
      title={title}
      action={
        <Link className="button big" to="/">
          All tasks
        </Link>
      }
    >
      {children}
    </Notice>
  );
}
