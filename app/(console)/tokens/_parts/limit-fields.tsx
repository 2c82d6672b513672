"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SelectField } from "@/components/form/select-field";
import { TextField } from "@/components/form/text-field";
import type { KeyLimits } from "@/lib/keys/types";
import { usdExact } from "@/lib/money";
import { ExpiryField } from "./expiry-field";
import { LimitFold } from "./limit-fold";
import { ModelsField } from "./models-field";
import type { BudgetSpan } from "./next-reset";
import { NextReset } from "./next-reset-hint";
import { RangesField } from "./ranges-field";

const SPANS = ["day", "week", "month"] as const;
const FOLDED = ["models", "ipRanges", "requestsPerMinute", "tokensPerMinute", "maxParallel", "maxRequestUsd"];

/** Every limit that a key may have: what it may spend and how long first, the others in a fold. `limits` fills in those it has. */
export function LimitFields({ modelIds, limits }: { modelIds: readonly string[]; limits?: KeyLimits }) {
  const t = useTranslations("tokens.field");
  const [span, setSpan] = useState<BudgetSpan>(limits?.period ?? "month");
  const usd = (nano: bigint | null | undefined) => (nano == null ? "" : usdExact(nano));
  const count = (value: number | null | undefined) => (value == null ? "" : String(value));
  const number = { inputMode: "numeric", autoComplete: "off", placeholder: t("noLimit") } as const;
  const money = { inputMode: "decimal", autoComplete: "off", placeholder: t("noLimit") } as const;
  const folded = limits ? countFolded(limits) : 0;
  return (
    <div className="grid gap-4">
      <div className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
        <TextField
          name="periodUsd"
          label={t("periodUsd")}
          defaultValue={usd(limits?.periodBudgetNano)}
          {...money}
        />
        <SelectField
          name="period"
          label={t("period")}
          hint={<NextReset span={span} />}
          defaultValue={span}
          onValueChange={(value) => setSpan(SPANS.find((one) => one === value) ?? "month")}
          choices={SPANS.map((value) => ({ value, label: t(value) }))}
        />
        <TextField
          name="totalUsd"
          label={t("totalUsd")}
          hint={t("totalHint")}
          defaultValue={usd(limits?.totalBudgetNano)}
          {...money}
        />
        <ExpiryField expiresAt={limits?.expiresAt ?? null} />
      </div>
      <LimitFold
        title={t("more")}
        aside={folded > 0 ? t("moreSet", { count: folded }) : t("moreNone")}
        names={FOLDED}
        initiallyOpen={folded > 0}
      >
        <div className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
          <div className="min-w-0 sm:col-span-2">
            <ModelsField modelIds={modelIds} chosen={limits?.models ?? []} />
          </div>
          <RangesField ranges={limits?.ipRanges ?? []} />
          <TextField
            name="requestsPerMinute"
            label={t("requestsPerMinute")}
            defaultValue={count(limits?.requestsPerMinute)}
            {...number}
          />
          <TextField
            name="tokensPerMinute"
            label={t("tokensPerMinute")}
            defaultValue={count(limits?.tokensPerMinute)}
            {...number}
          />
          <TextField
            name="maxParallel"
            label={t("maxParallel")}
            defaultValue={count(limits?.maxParallel)}
            {...number}
          />
          <TextField
            name="maxRequestUsd"
            label={t("maxRequestUsd")}
            defaultValue={usd(limits?.maxRequestNano)}
            {...money}
          />
        </div>
      </LimitFold>
    </div>
  );
}

/** How many limits the fold holds, so that a closed one hides nothing. */
function countFolded(limits: KeyLimits): number {
  const single = [
    limits.requestsPerMinute,
    limits.tokensPerMinute,
    limits.maxParallel,
    limits.maxRequestNano,
  ];
  const lists = [limits.models, limits.ipRanges];
  return single.filter((value) => value !== null).length + lists.filter((values) => values.length > 0).length;
}
