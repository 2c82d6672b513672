"use client";

import { useTranslations } from "next-intl";
import { SelectField } from "@/components/form/select-field";
import { TextField } from "@/components/form/text-field";
import { TextareaField } from "@/components/form/textarea-field";
import type { ModelChoice } from "@/lib/keys/list-model-choices";
import type { KeyLimits } from "@/lib/keys/types";
import { usdExact } from "@/lib/money";
import { ExpiryField } from "./expiry-field";
import { ModelsField } from "./models-field";

/** Every limit that a key may have. `limits` fills in those it has. */
export function LimitFields({ models, limits }: { models: ModelChoice[]; limits?: KeyLimits }) {
  const t = useTranslations("tokens.field");
  const usd = (nano: bigint | null | undefined) => (nano == null ? "" : usdExact(nano));
  const count = (value: number | null | undefined) => (value == null ? "" : String(value));
  const number = { inputMode: "numeric", autoComplete: "off" } as const;
  const money = { inputMode: "decimal", autoComplete: "off", placeholder: "$" } as const;
  return (
    <div className="grid gap-4">
      <div className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
        <TextField
          name="periodUsd"
          label={t("periodUsd")}
          hint={t("periodUsdHint")}
          defaultValue={usd(limits?.periodBudgetNano)}
          {...money}
        />
        <SelectField
          name="period"
          label={t("period")}
          defaultValue={limits?.period ?? "month"}
          choices={[
            { value: "day", label: t("day") },
            { value: "week", label: t("week") },
            { value: "month", label: t("month") },
          ]}
        />
        <TextField
          name="totalUsd"
          label={t("totalUsd")}
          hint={t("totalUsdHint")}
          defaultValue={usd(limits?.totalBudgetNano)}
          {...money}
        />
        <TextField
          name="requestsPerMinute"
          label={t("requestsPerMinute")}
          defaultValue={count(limits?.requestsPerMinute)}
          {...number}
        />
      </div>
      <ModelsField models={models} chosen={limits?.models ?? []} />
      <ExpiryField expiresAt={limits?.expiresAt ?? null} />
      <div className="grid gap-x-3 gap-y-4 border-t pt-4 sm:grid-cols-2">
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
          hint={t("maxRequestUsdHint")}
          defaultValue={usd(limits?.maxRequestNano)}
          {...money}
        />
      </div>
      <TextareaField
        name="ipRanges"
        label={t("ipRanges")}
        hint={t("ipRangesHint")}
        rows={2}
        spellCheck={false}
        className="[&_textarea]:font-mono"
        defaultValue={limits?.ipRanges.join("\n") ?? ""}
      />
    </div>
  );
}
