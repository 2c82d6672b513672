"use client";

import { Pause, Play, RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ActionButton } from "@/components/form/action-button";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { ActionKey } from "../../_parts/action-key";
import { RotateDialog } from "../../_parts/rotate-dialog";
import { pauseKeyAction, resumeKeyAction } from "../../actions";

/** What can be done with the key of this page; editing stands beside its limits, ending it at the foot. */
export function KeyActions({ of }: { of: ActionKey }) {
  const t = useTranslations("tokens");
  const router = useRouter();
  const [rotating, setRotating] = useState(false);
  const rotateButton = useRef<HTMLButtonElement>(null);
  const input = { keyId: of.id };
  const tell = (message: string) => {
    toast.success(message);
    router.refresh();
  };
  return (
    <>
      {!of.canPause ? null : of.paused ? (
        <ActionButton
          action={resumeKeyAction}
          input={input}
          onSuccess={() => tell(t("resumed", { name: of.name }))}
        >
          <Play aria-hidden="true" />
          {t("key.resume")}
        </ActionButton>
      ) : (
        <ActionButton
          action={pauseKeyAction}
          input={input}
          onSuccess={() => tell(t("paused", { name: of.name }))}
        >
          <Pause aria-hidden="true" />
          {t("key.pause")}
        </ActionButton>
      )}
      {of.canRotate ? (
        <Button ref={rotateButton} variant="primary" onClick={() => setRotating(true)}>
          <RotateCw aria-hidden="true" />
          {t("key.rotate")}
        </Button>
      ) : null}
      <RotateDialog rotating={of} open={rotating} onOpenChange={setRotating} opener={rotateButton} />
    </>
  );
}
