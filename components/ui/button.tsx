import { cva, type VariantProps } from "class-variance-authority";
import Link from "next/link";
import type { ComponentProps, MouseEvent } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

const button = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-colors duration-150 ease-out disabled:pointer-events-none disabled:opacity-55 aria-disabled:pointer-events-none aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-accent-ink hover:bg-accent-hover",
        secondary: "border border-edge/70 bg-raised text-ink hover:border-edge hover:bg-sunken",
        ghost: "text-ink-2 hover:bg-ink/6 hover:text-ink data-[state=open]:bg-ink/6",
        danger: "bg-danger text-danger-ink hover:bg-danger-hover",
        quiet: "text-accent-text underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-7 px-2.5 text-xs",
        md: "h-8 px-3 text-sm",
        lg: "h-10 px-4 text-sm",
        icon: "size-8",
        "icon-sm": "size-7",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type Look = VariantProps<typeof button>;

/** A button says what happens. `pending` shows a spinner, keeps the focus and refuses a second press. */
export function Button({
  variant,
  size,
  pending = false,
  className,
  children,
  type = "button",
  disabled,
  ...rest
}: ComponentProps<"button"> & Look & { pending?: boolean }) {
  return (
    <button
      type={type}
      disabled={disabled}
      className={cn(button({ variant, size }), className)}
      {...rest}
      {...(pending ? { "aria-disabled": true, "aria-busy": true, onClick: refuse } : {})}
    >
      {pending ? <Spinner /> : null}
      {children}
    </button>
  );
}

function refuse(event: MouseEvent) {
  event.preventDefault();
}

/** A link that looks like a button, for going somewhere. */
export function LinkButton({ variant, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={cn(button({ variant, size }), className)} {...rest} />;
}
