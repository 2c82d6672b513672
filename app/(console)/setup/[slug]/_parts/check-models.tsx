"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { CopyBlock } from "@/components/data/copy-block";
import { CopyButton } from "@/components/data/copy-button";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { curlModels } from "@/lib/clients/curl-blocks";
import { field, textOf } from "./call-api";
import { maskKey } from "./mask-key";
import { RunHere } from "./run-here";
import { useApiCall } from "./use-api-call";
import type { Setup } from "./use-setup";

const MOST_SHOWN = 20;

/** Step 1: GET /v1/models, from here or from a terminal. */
export function CheckModels({ setup, hidden }: { setup: Setup; hidden: boolean }) {
  const t = useTranslations("setup");
  const { facts, secret, key } = setup;
  const call = useApiCall(`${key?.id} ${secret}`);
  const code = curlModels(facts);
  return (
    <>
      <RunHere
        running={call.running}
        reply={call.reply}
        host={new URL(facts.root).host}
        missing={secret ? null : t(key ? "run.needsKey" : "run.needsAnyKey")}
        onRun={() => secret && call.run(`${facts.base}/models`, secret)}
      >
        <FoundModels ids={modelIds(call.reply?.ok ? call.reply.body : null)} setup={setup} />
      </RunHere>
      <CopyBlock title={t("check.curl")} code={maskKey(code, secret, hidden)} copyCode={code} />
    </>
  );
}

function FoundModels({ ids, setup }: { ids: string[]; setup: Setup }) {
  const t = useTranslations("setup.check");
  const chosen = setup.facts.model.id;
  const known = new Set(setup.input.models.map(({ id }) => id));
  return (
    <Alert tone={ids.length > 0 ? "good" : "soon"} title={t("ok", { count: ids.length })}>
      <ul className="mt-1 grid gap-1">
        {ids.slice(0, MOST_SHOWN).map((id) => (
          <li key={id} className="flex min-h-7 items-center gap-1">
            <code className="num min-w-0 break-all text-ink">{id}</code>
            <CopyButton text={id} what={id} />
            {id === chosen ? (
              <span className="flex items-center gap-1 text-accent-text text-xs">
                <Check aria-hidden="true" className="size-3.5" />
                {t("using")}
              </span>
            ) : known.has(id) ? (
              <Button size="sm" variant="quiet" onClick={() => setup.chooseModel(id)}>
                {t("use")}
                <span className="sr-only"> {id}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {ids.length > MOST_SHOWN ? (
        <p className="text-xs">{t("more", { count: ids.length - MOST_SHOWN })}</p>
      ) : null}
    </Alert>
  );
}

function modelIds(body: unknown): string[] {
  const data = field(body, "data");
  return Array.isArray(data) ? data.flatMap((entry) => textOf(field(entry, "id")) ?? []) : [];
}
