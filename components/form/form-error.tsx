"use client";

import { useTranslations } from "next-intl";
import { RequestId } from "@/components/data/request-id";
import { Alert } from "@/components/ui/alert";
import { useForm } from "./form-context";

/** What a refusal says that no field on screen says, with the request id. */
export function FormError({ names }: { names: ReadonlySet<string> }) {
  const { state, pending } = useForm();
  const t = useTranslations("ui");
  if (!state || state.ok || pending) return null;
  const homeless = Object.entries(state.fields).filter(([name]) => !names.has(name));
  const allByField = Object.keys(state.fields).length > 0 && homeless.length === 0;
  return (
    <Alert tone="bad" className="order-1" title={allByField ? t("checkFields") : state.message}>
      {homeless.length > 0 ? (
        <ul className="mb-1">
          {homeless.map(([name, message]) => (
            <li key={name}>
              {name}: {message}
            </li>
          ))}
        </ul>
      ) : null}
      <RequestId id={state.requestId} />
    </Alert>
  );
}
