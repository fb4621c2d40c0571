import type { ButtonHTMLAttributes } from "react";
import "./button.css";
import { Icon, type IconName } from "./icon.tsx";

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { look?: "plain" | "primary" | "quiet" };

export function Button({ look = "plain", type = "button", className = "", ...rest }: ButtonProps) {
  // oxlint-disable-next-line react/button-has-type -- the type is one of the element's own, by its props
  return <button type={type} className={`button ${look} ${className}`} {...rest} />;
}

/** A button that shows only an icon; `label` is what it is called, and its tooltip. */
export function IconButton({ icon, label, ...rest }: ButtonProps & { icon: IconName; label: string }) {
  return (
    <Button look="quiet" className="icon-only" aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </Button>
  );
}
