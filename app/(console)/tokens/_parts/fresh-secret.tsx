"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useRef } from "react";
import { CopyOnce } from "@/components/data/copy-once";
import { RelativeTime } from "@/components/data/relative-time";
import { forgetSecrets, useSecret } from "@/components/data/secret-memory";
import { Alert } from "@/components/ui/alert";
import { Button, LinkButton } from "@/components/ui/button";
import { SafetyRules } from "./safety-rules";

/** The key whose secret this page may show, as the server knows it now. */
export interface FreshKey {
  id: string;
  name: string;
  /** The end of the current secret. */
  lastFour: string;
  /** Whether it has been rotated, and when the secret before this one ends, if it still works. */
  rotated: boolean;
  oldEndsAt: Date | null;
  canRotate: boolean;
}

/**
 * The one sight of a secret, from the page's memory. After a reload the memory is empty, and the card says so
 * instead. The address carries the key's id alone (`?shown=key_...`).
 */
export function FreshSecret({
  fresh,
  onRotate,
  rotateButton,
}: {
  fresh: FreshKey;
  onRotate: () => void;
  rotateButton: RefObject<HTMLButtonElement | null>;
}) {
  const t = useTranslations("tokens.fresh");
  const secret = useSecret(fresh.id);
  const dismiss = useDismiss(fresh.id);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (secret) card.current?.focus();
  }, [secret]);

  if (!secret) {
    return (
      <Alert title={t("goneTitle", { name: fresh.name })}>
        <p>{t("goneText")}</p>
        <div className="mt-2 flex flex-wrap gap-2">
          {fresh.canRotate ? (
            <Button ref={rotateButton} size="sm" onClick={onRotate}>
              {t("goneRotate")}
            </Button>
          ) : null}
          <Button size="sm" variant="ghost" onClick={dismiss}>
            {t("dismiss")}
          </Button>
        </div>
      </Alert>
    );
  }
  // For a moment after a rotation the server's view is still the one before it.
  const behind = !secret.endsWith(fresh.lastFour);
  const rotated = fresh.rotated || behind;
  const title = t(rotated ? "rotated" : "created", { name: fresh.name });
  return (
    <section
      ref={card}
      tabIndex={-1}
      aria-label={title}
      className="grid scroll-mt-16 gap-x-8 gap-y-5 rounded-lg border bg-raised p-4 focus:outline-none sm:p-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
    >
      <div className="grid min-w-0 content-start gap-4">
        <div>
          <h2 className="break-words font-semibold text-xl">{title}</h2>
          {rotated && !behind ? <OldSecret endsAt={fresh.oldEndsAt} /> : null}
          <p className="mt-1 text-ink-2">{t("fingerprint")}</p>
        </div>
        <CopyOnce secret={secret}>
          <LinkButton href={`/setup?key=${fresh.id}`}>{t("setup")}</LinkButton>
        </CopyOnce>
        <div>
          <Button onClick={dismiss}>{t("done")}</Button>
        </div>
      </div>
      <SafetyRules />
    </section>
  );
}

function OldSecret({ endsAt }: { endsAt: Date | null }) {
  const t = useTranslations("tokens.fresh");
  return (
    <p className="mt-1 text-ink-2">
      {endsAt ? t.rich("oldEnds", { at: () => <RelativeTime at={endsAt} /> }) : t("oldEnded")}
    </p>
  );
}

function useDismiss(keyId: string): () => void {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  return () => {
    forgetSecrets(keyId);
    // The pressed button goes with its card; the keyboard goes on from the page's top.
    document.getElementById("main")?.focus({ preventScroll: true });
    const rest = new URLSearchParams(params);
    rest.delete("shown");
    router.replace(rest.size > 0 ? `${pathname}?${rest}` : pathname, { scroll: false });
  };
}
