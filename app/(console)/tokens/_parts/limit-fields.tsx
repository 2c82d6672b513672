"use client";

import { useTranslations } from "next-intl";
import { SelectField } from "@/components/form/select-field";
import { TextField } from "@/components/form/text-field";
import type { KeyLimits } from "@/lib/keys/types";
import { usdExact } from "@/lib/money";
import { ExpiryField } from "./expiry-field";
import { LimitFold } from "./limit-fold";
import { ModelsField } from "./models-field";
import { RangesField } from "./ranges-field";

/** Every limit that a key may have. `limits` fills in those it has. */
export function LimitFields({ modelIds, limits }: { modelIds: readonly string[]; limits?: KeyLimits }) {
  const t = useTranslations("tokens.field");
  const usd = (nano: bigint | null | undefined) => (nano == null ? "" : usdExact(nano));
  const count = (value: number | null | undefined) => (value == null ? "" : String(value));
  const number = { inputMode: "numeric", autoComplete: "off" } as const;
  const money = { inputMode: "decimal", autoComplete: "off", placeholder: "$" } as const;
  const finer = ["tokensPerMinute", "maxParallel", "maxRequestUsd", "ipRanges"];
  const hasFiner =
    limits !== undefined &&
    (limits.tokensPerMinute ?? limits.maxParallel ?? limits.maxRequestNano ?? limits.ipRanges[0]) != null;
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
          hint={t("periodHint")}
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
      <ModelsField modelIds={modelIds} chosen={limits?.models ?? []} />
      <ExpiryField expiresAt={limits?.expiresAt ?? null} />
      <LimitFold title={t("more")} names={finer} initiallyOpen={hasFiner}>
        <div className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
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
            className="sm:col-span-2"
            {...money}
          />
          <RangesField ranges={limits?.ipRanges ?? []} />
        </div>
      </LimitFold>
    </div>
  );
}
