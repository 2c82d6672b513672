"use client";

import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { useForm } from "./form-context";

/** Sends the form around it; shows that it is on its way. Use `name` and `value` to tell two of them apart. */
export function SubmitButton({ variant = "primary", ...rest }: ComponentProps<typeof Button>) {
  const { pending } = useForm();
  return <Button type="submit" variant={variant} {...rest} pending={pending} />;
}
