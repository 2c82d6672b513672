"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/data/copy-button";
import { DownloadButton } from "@/components/data/download-button";
import type { SetupBlock } from "@/lib/clients/render";
import { maskKey } from "./mask-key";

/** What to do in a client's own windows: each field under the label it has there, with its value to copy. */
export function UiSteps({
  block,
  secret,
  hidden,
}: {
  block: Extract<SetupBlock, { status: "ready" }>;
  secret: string | null;
  hidden: boolean;
}) {
  const t = useTranslations("setup.paste");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <ol className="divide-y rounded-lg border bg-raised">
        {(block.steps ?? []).map((step, index) => (
          <li key={step.text} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 gap-y-2 px-4 py-3">
            <span aria-hidden="true" className="num text-ink-3">
              {index + 1}
            </span>
            <p>{step.text}</p>
            {step.fields && step.fields.length > 0 ? (
              <dl className="col-start-2 grid gap-px overflow-hidden rounded-md border bg-line">
                {step.fields.map(({ label, value }) => (
                  <div
                    key={`${label} ${value}`}
                    className="grid items-center gap-x-4 bg-sunken py-1 pr-1 pl-3 sm:grid-cols-[14rem_minmax(0,1fr)]"
                  >
                    <dt className="text-ink-2 text-xs">{label}</dt>
                    <dd className="flex min-w-0 items-center justify-between gap-1">
                      <code className="num min-w-0 break-all text-xs">{maskKey(value, secret, hidden)}</code>
                      <CopyButton text={value} what={label} />
                    </dd>
                  </div>
                ))}
              </dl>
            ) : null}
          </li>
        ))}
      </ol>
      <div>
        <DownloadButton text={block.text} filename={block.fileName} label={t("download")} />
      </div>
    </div>
  );
}
