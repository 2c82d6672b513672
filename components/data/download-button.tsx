"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { downloadText } from "./download-text";

/** Saves `text` as `filename`. */
export function DownloadButton({
  text,
  filename,
  label,
  ...rest
}: Omit<ComponentProps<typeof Button>, "onClick" | "children"> & {
  text: string;
  filename: string;
  label?: string;
}) {
  const t = useTranslations("ui");
  return (
    <Button
      variant={label ? "secondary" : "ghost"}
      size={label ? "sm" : "icon-sm"}
      {...rest}
      {...(label ? {} : { "aria-label": t("downloadFile", { filename }) })}
      onClick={() => downloadText(filename, text)}
    >
      <Download aria-hidden="true" />
      {label}
    </Button>
  );
}
