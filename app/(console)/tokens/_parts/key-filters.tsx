"use client";

import { Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";
import { KEY_NEEDS, KEY_ORDERS } from "@/lib/keys/list-choices";
import { KEY_STATUSES } from "@/lib/keys/types";
import { FilterSelect } from "../../_calls/filter-select";
import { isFiltered, type KeyQuery, keysHref } from "./key-query";

const ANY = "any";
const TYPING_MS = 250;

/** Search, status, what needs a look, and order. All of it lives in the address, so that a view can be linked to. */
export function KeyFilters({ query }: { query: KeyQuery }) {
  const t = useTranslations("tokens");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [typed, setTyped] = useState(query.search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  // An address that this field did not ask for, by a link or the back button, replaces what was typed.
  const asked = useRef(new Set<string>());
  const latest = useRef(query.search);
  useEffect(() => {
    if (!asked.current.has(query.search)) setTyped(query.search);
    if (query.search === latest.current) asked.current.clear();
  }, [query.search]);

  function go(change: Partial<KeyQuery>) {
    clearTimeout(timer.current);
    latest.current = (change.search ?? typed).trim();
    asked.current.add(latest.current);
    startTransition(() =>
      router.replace(keysHref({ ...query, search: typed, ...change }), { scroll: false }),
    );
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    go({});
  }
  const clear = () => {
    setTyped("");
    go({ search: "", status: undefined, need: undefined });
  };

  return (
    <search>
      <form onSubmit={submit} className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap">
        <div className="relative min-w-0 flex-1 basis-56 max-sm:col-span-2 sm:max-w-72">
          <span className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-ink-3 [&_svg]:size-4">
            {pending ? <Spinner /> : <Search aria-hidden="true" />}
          </span>
          <Input
            type="search"
            name="q"
            maxLength={100}
            className="pl-8"
            aria-label={t("list.search")}
            placeholder={t("list.search")}
            value={typed}
            onChange={(event) => {
              const search = event.target.value;
              setTyped(search);
              clearTimeout(timer.current);
              timer.current = setTimeout(() => go({ search }), TYPING_MS);
            }}
          />
        </div>
        <FilterSelect
          label={t("list.status")}
          value={query.status ?? ANY}
          onChange={(value) => go({ status: KEY_STATUSES.find((status) => status === value) })}
          choices={[
            { value: ANY, label: t("list.anyStatus") },
            ...[...KEY_STATUSES].reverse().map((status) => ({ value: status, label: t(`status.${status}`) })),
          ]}
        />
        <FilterSelect
          label={t("list.need")}
          value={query.need ?? ANY}
          onChange={(value) => go({ need: KEY_NEEDS.find((need) => need === value) })}
          choices={[
            { value: ANY, label: t("list.needs.any") },
            ...KEY_NEEDS.map((need) => ({ value: need, label: t(`list.needs.${need}`) })),
          ]}
        />
        <FilterSelect
          label={t("list.sort")}
          value={query.sort}
          onChange={(value) => go({ sort: KEY_ORDERS.find((sort) => sort === value) ?? "newest" })}
          choices={KEY_ORDERS.map((sort) => ({ value: sort, label: t(`list.sorts.${sort}`) }))}
        />
        {isFiltered(query) ? (
          <Button variant="ghost" onClick={clear} className="justify-self-start">
            <X aria-hidden="true" />
            {t("list.clear")}
          </Button>
        ) : null}
      </form>
    </search>
  );
}
