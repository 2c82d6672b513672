"use client";

import { type ReactNode, useState } from "react";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { Alert } from "@/components/ui/alert";
import type { sendVerificationAction } from "../actions";

/** Has the link sent again: to the address that is known, else to one that is typed. */
export function SendAgainForm({
  action,
  email,
  words,
  children,
}: {
  action: typeof sendVerificationAction;
  email: string | null;
  words: { email: string; submit: string; sent: string };
  children?: ReactNode;
}) {
  const [sent, setSent] = useState(false);
  return (
    <div className="grid gap-4">
      {sent ? <Alert tone="good">{words.sent}</Alert> : children}
      <Form action={action} onSuccess={() => setSent(true)}>
        {email ? (
          <input type="hidden" name="email" value={email} />
        ) : (
          <TextField
            name="email"
            label={words.email}
            type="email"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            required
          />
        )}
        <SubmitButton variant={email ? "secondary" : "primary"} size="lg" className="w-full">
          {words.submit}
        </SubmitButton>
      </Form>
    </div>
  );
}
