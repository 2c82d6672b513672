"use client";

import { Command } from "cmdk";
import { LogOut, type LucideIcon, Plus, Search, ShoppingCart } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { Dialog as Radix } from "radix-ui";
import { useEffect, useState } from "react";
import { forgetSecrets } from "@/components/data/secret-memory";
import { Button } from "@/components/ui/button";
import { Veil } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { PLACES } from "./places";
import { THEMES } from "./theme-switch";

const GROUP =
  "px-1 pb-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-3 [&_[cmdk-group-heading]]:text-xs";

/** Every page and action by name: Ctrl K, or Command K. */
export function CommandMenu({ signOut }: { signOut: () => Promise<unknown> }) {
  const t = useTranslations("shell");
  const router = useRouter();
  const { setTheme } = useTheme();
  const [open, setOpen] = useState(false);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey) return;
      event.preventDefault();
      setOpen((before) => !before);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  function run(work: () => unknown) {
    setOpen(false);
    void work();
  }
  const go = (href: string) => () => run(() => router.push(href));

  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>
        <Button
          variant="secondary"
          aria-label={t("search")}
          aria-keyshortcuts="Control+K Meta+K"
          className="border-line font-normal text-ink-3 max-md:border-transparent max-md:bg-transparent max-md:px-0 max-md:w-8 md:w-52 md:justify-start"
        >
          <Search aria-hidden="true" />
          <span className="flex-1 text-left max-md:hidden">{t("search")}</span>
          <Kbd className="max-md:hidden">{t("searchKeys")}</Kbd>
        </Button>
      </Radix.Trigger>
      <Radix.Portal>
        <Veil />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100%-2rem)] max-w-lg -translate-x-1/2 overflow-hidden rounded-lg border bg-raised shadow-float focus:outline-none data-[state=open]:animate-appear"
        >
          <Radix.Title className="sr-only">{t("search")}</Radix.Title>
          <Command label={t("search")} loop>
            <div className="flex items-center gap-2.5 border-b px-3.5">
              <Search aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
              <Command.Input
                placeholder={t("searchHint")}
                className="h-11 min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 max-sm:text-site"
              />
              <Kbd>{t("escape")}</Kbd>
            </div>
            <Command.List className="max-h-[min(27.25rem,64vh)] overflow-y-auto overscroll-contain pb-1">
              <Command.Empty className="px-4 py-8 text-center text-ink-3">{t("searchNothing")}</Command.Empty>
              <Command.Group heading={t("searchActions")} className={GROUP}>
                <Item icon={Plus} name={t("createKey")} onSelect={go("/tokens?new=1")} />
                <Item icon={ShoppingCart} name={t("buyCredit")} onSelect={go("/credits")} />
              </Command.Group>
              <Command.Group heading={t("places")} className={GROUP}>
                {PLACES.map(({ id, href, icon }) => (
                  <Item key={id} icon={icon} name={t(`place.${id}`)} onSelect={go(href)} />
                ))}
              </Command.Group>
              <Command.Group heading={t("theme")} className={GROUP}>
                {THEMES.map(({ id, icon }) => (
                  <Item
                    key={id}
                    icon={icon}
                    name={t("themeNamed", { theme: t(`themes.${id}`) })}
                    onSelect={() => run(() => setTheme(id))}
                  />
                ))}
              </Command.Group>
              <Command.Group heading={t("account")} className={GROUP}>
                <Item
                  icon={LogOut}
                  name={t("signOut")}
                  onSelect={() =>
                    run(() => {
                      forgetSecrets();
                      return signOut();
                    })
                  }
                />
              </Command.Group>
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Item({ icon: Icon, name, onSelect }: { icon: LucideIcon; name: string; onSelect: () => void }) {
  return (
    <Command.Item
      value={name}
      onSelect={onSelect}
      className="flex h-9 cursor-default items-center gap-2.5 rounded-sm px-2 data-[selected=true]:bg-ink/6"
    >
      <Icon aria-hidden="true" className="size-4 text-ink-3" />
      {name}
    </Command.Item>
  );
}
