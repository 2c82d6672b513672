"use client";

import { sendOwnVerificationAction } from "@/app/(auth)/verify/actions";
import { ActionButton } from "@/components/form/action-button";
import { toast } from "@/components/ui/toast";

/** Sends the confirming link to the signed-in person once more. */
export function SendAgainButton({ label, sent }: { label: string; sent: string }) {
  return (
    <ActionButton
      size="sm"
      action={sendOwnVerificationAction}
      input={{}}
      onSuccess={() => toast.success(sent)}
    >
      {label}
    </ActionButton>
  );
}
