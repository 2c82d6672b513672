"use client";

import { type ComponentProps, useEffect, useRef } from "react";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";

const FORM_ID = "confirm-address";

/** Sends itself once the page is there; the button is for browsers without scripts. */
export function ConfirmForm({
  action,
  token,
  label,
}: {
  action: ComponentProps<typeof Form<never>>["action"];
  token: string;
  label: string;
}) {
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    const form = document.getElementById(FORM_ID);
    if (form instanceof HTMLFormElement) form.requestSubmit();
  }, []);
  return (
    <Form id={FORM_ID} action={action}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="lg" className="w-full">
        {label}
      </SubmitButton>
    </Form>
  );
}
