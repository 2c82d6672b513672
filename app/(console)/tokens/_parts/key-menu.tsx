"use client";

import { Ban, Copy, Ellipsis, Pause, Play, RotateCw, SquareArrowOutUpRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState, useTransition } from "react";
import { copyText } from "@/components/data/copy-text";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import { pauseKeyAction, resumeKeyAction } from "../actions";
import type { ActionKey } from "./action-key";
import { useFocusHeir } from "./return-focus";
import { RevokeDialog } from "./revoke-dialog";
import { RotateDialog } from "./rotate-dialog";

/** What can be done with a key in a list. */
export function KeyMenu({ of }: { of: ActionKey }) {
  const t = useTranslations("tokens");
  const ui = useTranslations("ui");
  const router = useRouter();
  const [dialog, setDialog] = useState<"rotate" | "revoke" | null>(null);
  // A list has many of these, and few of their dialogs are ever opened.
  const [needed, setNeeded] = useState<ReadonlySet<string>>(new Set());
  const [pending, startTransition] = useTransition();
  const trigger = useRef<HTMLButtonElement>(null);
  useFocusHeir(trigger);
  const setOpen = (name: "rotate" | "revoke") => (open: boolean) => setDialog(open ? name : null);
  function show(name: "rotate" | "revoke") {
    setNeeded((before) => new Set(before).add(name));
    setDialog(name);
  }

  function toggle() {
    startTransition(async () => {
      const result = await (of.paused ? resumeKeyAction : pauseKeyAction)(null, { keyId: of.id });
      if (result.ok) {
        toast.success(t(of.paused ? "resumed" : "paused", { name: of.name }));
        router.refresh();
      } else toast.error(result.message, { description: result.requestId });
    });
  }

  async function copyId() {
    if (await copyText(of.id)) toast.success(t("menu.copied"));
    else toast.error(ui("copyFailed"));
  }

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            ref={trigger}
            variant="ghost"
            size="icon-sm"
            pending={pending}
            aria-label={t("menu.label", { name: of.name })}
          >
            {pending ? null : <Ellipsis aria-hidden="true" />}
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem asChild>
            <Link href={`/tokens/${of.id}`}>
              <SquareArrowOutUpRight aria-hidden="true" />
              {t("menu.open")}
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={copyId}>
            <Copy aria-hidden="true" />
            {t("menu.copyId")}
          </DropdownMenuItem>
          {of.canRotate ? (
            <DropdownMenuItem onSelect={() => show("rotate")}>
              <RotateCw aria-hidden="true" />
              {t("menu.rotate")}
            </DropdownMenuItem>
          ) : null}
          {of.canPause ? (
            <DropdownMenuItem onSelect={toggle}>
              {of.paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
              {t(of.paused ? "menu.resume" : "menu.pause")}
            </DropdownMenuItem>
          ) : null}
          {of.canRevoke ? (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem danger onSelect={() => show("revoke")}>
                <Ban aria-hidden="true" />
                {t("menu.revoke")}
              </DropdownMenuItem>
            </>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {needed.has("rotate") ? (
        <RotateDialog
          rotating={of}
          open={dialog === "rotate"}
          onOpenChange={setOpen("rotate")}
          opener={trigger}
        />
      ) : null}
      {needed.has("revoke") ? (
        <RevokeDialog
          revoking={of}
          open={dialog === "revoke"}
          onOpenChange={setOpen("revoke")}
          opener={trigger}
        />
      ) : null}
    </>
  );
}
