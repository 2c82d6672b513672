"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState, useTransition } from "react";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";
import { Spinner } from "@/components/ui/spinner";
import { KEY_SORTS, KEY_STATUSES } from "@/lib/keys/types";
import { type KeyQuery, keysHref } from "./key-query";

const ANY = "any";
const TYPING_MS = 250;

/** Search, status and order. All of it lives in the address, so that a view can be linked to. */
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
      router.replace(keysHref({ ...query, page: 1, search: typed, ...change }), { scroll: false }),
    );
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    go({});
  }

  return (
    <search>
      <form onSubmit={submit} className="flex flex-wrap gap-2">
        <div className="relative min-w-0 flex-1 basis-56 sm:max-w-72">
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
        <Select
          value={query.status ?? ANY}
          onValueChange={(value) => go({ status: KEY_STATUSES.find((status) => status === value) })}
        >
          <SelectTrigger aria-label={t("list.status")} className="w-36" />
          <SelectContent>
            <SelectItem value={ANY}>{t("list.anyStatus")}</SelectItem>
            {[...KEY_STATUSES].reverse().map((status) => (
              <SelectItem key={status} value={status}>
                {t(`status.${status}`)}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
        <Select
          value={query.sort}
          onValueChange={(value) => go({ sort: KEY_SORTS.find((sort) => sort === value) ?? "newest" })}
        >
          <SelectTrigger aria-label={t("list.sort")} className="w-40" />
          <SelectContent>
            {KEY_SORTS.map((sort) => (
              <SelectItem key={sort} value={sort}>
                {t(`list.sorts.${sort}`)}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </form>
    </search>
  );
}
