import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";
import "./notice.css";

type NoticeProps = {
  icon: IconName;
  title: string;
  isBad?: boolean;
  children?: ReactNode;
  action?: ReactNode;
};

/** What stands where content would: nothing yet, nothing found, something went wrong, and what to do about it. */
export function Notice({ icon, title, isBad = false, children, action }: NoticeProps) {
  return (
    <div className="notice" role={isBad ? "alert" : undefined}>
      <span className={isBad ? "notice-icon bad" : "notice-icon"}>
        <Icon name={icon} size={22} />
      </span>
      <h2>{title}</h2>
      {children === undefined ? null : <p>{children}</p>}
      {action}
    </div>
  );
}
