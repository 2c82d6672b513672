"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { copyText } from "./copy-text";

/** Copies `text` and says so for two seconds. Without `label` it is an icon named "Copy" for screen readers. */
export function CopyButton({
  text,
  label,
  what,
  onCopied,
  size,
  variant,
  ...rest
}: Omit<ComponentProps<typeof Button>, "onClick" | "children"> & {
  text: string;
  label?: string;
  /** Names the thing where several copy buttons stand on one page: "Copy request id". */
  what?: string;
  onCopied?: () => void;
}) {
  const t = useTranslations("ui");
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    if (await copyText(text)) {
      setCopied(true);
      onCopied?.();
    } else {
      toast.error(t("copyFailed"));
    }
  }

  const Icon = copied ? Check : Copy;
  const name = what ? t("copyWhat", { what }) : t("copy");
  return (
    <Button
      variant={variant ?? (label ? "secondary" : "ghost")}
      size={size ?? (label ? "sm" : "icon-sm")}
      {...rest}
      {...(label ? {} : { "aria-label": name })}
      onClick={copy}
    >
      <Icon aria-hidden="true" />
      {label ? (copied ? t("copied") : label) : null}
      <span role="status" className="sr-only">
        {copied ? t("copied") : ""}
      </span>
    </Button>
  );
}
