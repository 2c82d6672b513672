"use client";

import {
  type ComponentProps,
  type FormEvent,
  startTransition,
  useActionState,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { cn } from "@/components/ui/cn";
import type { Result } from "@/lib/http/result";
import { FormContext } from "./form-context";
import { FormError } from "./form-error";

type FormAction<T> = (previous: Result<T> | null, form: FormData) => Promise<Result<T>>;

/**
 * A form on a server action that `runAction` made. It keeps what was typed after a refusal, puts each message by
 * its field, focuses the first refused field, shows what belongs to no field above the last row, and works
 * without JavaScript. `onSuccess` gets the action's data; `resetOnSuccess` empties the fields afterwards.
 */
export function Form<T>({
  action,
  onSuccess,
  resetOnSuccess = false,
  className,
  children,
  ...rest
}: Omit<ComponentProps<"form">, "action" | "onSubmit"> & {
  action: FormAction<T>;
  onSuccess?: (data: T) => void;
  resetOnSuccess?: boolean;
}) {
  const [state, submit, pending] = useActionState<Result<T> | null, FormData>(action, null);
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const [names, setNames] = useState<ReadonlySet<string>>(new Set());
  const [generation, setGeneration] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const succeed = useRef(onSuccess);
  useEffect(() => {
    succeed.current = onSuccess;
  });

  useEffect(() => {
    if (!state) return;
    setEdited(new Set());
    if (state.ok) {
      if (resetOnSuccess) setGeneration((count) => count + 1);
      succeed.current?.(state.data);
    } else {
      requestAnimationFrame(() => {
        const refused = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
        if (refused) refused.focus();
        else form.current?.querySelector('[role="alert"]')?.scrollIntoView({ block: "nearest" });
      });
    }
  }, [state, resetOnSuccess]);

  const register = useCallback(
    (name: string) => setNames((known) => (known.has(name) ? known : new Set(known).add(name))),
    [],
  );
  const context = useMemo(() => ({ state, pending, edited, register }), [state, pending, edited, register]);

  // Submitting by hand, because React empties a form that its own action has handled.
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    const data = new FormData(event.currentTarget, submitter);
    startTransition(() => submit(data));
  }

  function onEdit(event: FormEvent<HTMLFormElement>) {
    const name = (event.target as Partial<HTMLInputElement>).name;
    if (name && state && !state.ok) setEdited((before) => new Set(before).add(name));
  }

  return (
    <FormContext value={context}>
      <form
        key={generation}
        ref={form}
        action={submit}
        onSubmit={onSubmit}
        onInput={onEdit}
        noValidate
        className={cn("grid gap-4", className)}
        {...rest}
      >
        {children}
        <FormError names={names} />
      </form>
    </FormContext>
  );
}
