import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A surface with a hairline. Not for every group of things: space and a heading are often enough. */
export function Card({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("rounded-lg border bg-raised", className)} {...rest} />;
}

export function CardHeader({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("grid gap-1 px-4 pt-4", className)} {...rest} />;
}

export function CardTitle({ className, children, ...rest }: ComponentProps<"h3">) {
  return (
    <h3 className={cn("font-medium text-ink", className)} {...rest}>
      {children}
    </h3>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("p-4", className)} {...rest} />;
}

export function CardFooter({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("flex flex-wrap items-center gap-2 border-t px-4 py-3", className)} {...rest} />;
}
