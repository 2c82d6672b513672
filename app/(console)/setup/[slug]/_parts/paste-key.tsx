"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { rememberSecret } from "@/components/data/secret-memory";
import { FieldError } from "@/components/form/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import type { SetupKey } from "../../_parts/load-setup";
import { judgeKey, type KeyVerdict } from "./judge-key";
import type { Setup } from "./use-setup";

/** Enough typed to say what is wrong while still typing. */
const CLEARLY_PASTED = 20;

/**
 * The secret is not known: it can be pasted, into memory and nowhere else. No form and no name, so that no browser
 * offers to keep it.
 */
export function PasteKey({ setup, chosen }: { setup: Setup; chosen: SetupKey }) {
  const t = useTranslations("setup.choose");
  const id = useId();
  const [typed, setTyped] = useState("");
  const [left, setLeft] = useState(false);
  const verdict = judgeKey(typed, setup.state.keys, chosen.id);
  const problem = left || typed.length >= CLEARLY_PASTED ? sentence(t, verdict) : undefined;

  function take(text: string) {
    const found = judgeKey(text, setup.state.keys, chosen.id);
    if (found.kind !== "ours") {
      setTyped(text);
      return;
    }
    setTyped("");
    rememberSecret(found.keyId, found.secret);
    setup.chooseKey(found.keyId);
  }

  return (
    <div className="grid gap-1.5 border-t pt-4">
      <Label htmlFor={id}>{t("paste")}</Label>
      <Input
        id={id}
        type="password"
        value={typed}
        onChange={(event) => take(event.target.value)}
        onBlur={() => setLeft(true)}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        data-1p-ignore
        data-lpignore="true"
        data-bwignore
        aria-describedby={problem ? `${id}-error ${id}-hint` : `${id}-hint`}
        aria-invalid={problem ? true : undefined}
        placeholder={`sk-tg-…${chosen.endings[0] ?? ""}`}
        className="num max-w-md"
      />
      <FieldError id={`${id}-error`} error={problem} />
      <p id={`${id}-hint`} className="max-w-prose text-ink-3 text-xs">
        {t("pasteHint", { host: new URL(setup.facts.root).host })}{" "}
        {t.rich("lost", {
          link: (text) => (
            <Link href={`/tokens/${chosen.id}`} className="link">
              {text}
            </Link>
          ),
        })}
      </p>
    </div>
  );
}

function sentence(
  t: ReturnType<typeof useTranslations<"setup.choose">>,
  verdict: KeyVerdict,
): string | undefined {
  switch (verdict.kind) {
    case "empty":
    case "ours":
      return undefined;
    case "tooShort":
      return t("tooShort", { wanted: verdict.wanted, given: verdict.given });
    case "unknown":
      return t("unknown", { ending: verdict.ending });
    default:
      return t(verdict.kind);
  }
}
