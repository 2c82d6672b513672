"use client";

import { createContext, useContext, useEffect } from "react";
import type { Result } from "@/lib/http/result";

export interface FormState {
  /** What the last submission answered, or null before the first. */
  state: Result<unknown> | null;
  pending: boolean;
  /** Fields that were changed since the last answer: their old error no longer applies. */
  edited: ReadonlySet<string>;
  register: (name: string) => void;
}

export const FormContext = createContext<FormState>({
  state: null,
  pending: false,
  edited: new Set(),
  register: () => {},
});

export function useForm(): FormState {
  return useContext(FormContext);
}

/** The error of one field and what was typed into it before a refusal. */
export function useFieldState(name: string): { error: string | undefined; typed: string | undefined } {
  const { state, edited, register } = useForm();
  useEffect(() => register(name), [name, register]);
  if (!state || state.ok) return { error: undefined, typed: undefined };
  return { error: edited.has(name) ? undefined : state.fields[name], typed: state.values[name] };
}
