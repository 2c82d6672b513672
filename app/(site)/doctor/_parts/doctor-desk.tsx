"use client";

import { useTranslations } from "next-intl";
import { useId, useMemo, useState } from "react";
import { CopyBlock } from "@/components/data/copy-block";
import { Alert } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/button";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { correctText } from "@/lib/doctor/correct-text";
import { judgeConfig } from "@/lib/doctor/judge-config";
import { keyShape } from "@/lib/doctor/key-shape";
import { MOST_CHARACTERS, readConfig } from "@/lib/doctor/read-config";
import type { DoctorWorld } from "@/lib/doctor/types";
import { FaultList } from "./fault-list";
import { hideKeys } from "./hide-keys";
import { LiveCheck } from "./live-check";
import { type OwnKey, ReadingFacts } from "./reading-facts";

const ANY = "any";

/**
 * The paste, and everything that follows from it. It is judged here in the browser while it is typed: nothing of it
 * is sent, stored or put into the address, until a live check is asked for, and then the key and the model alone.
 */
export function DoctorDesk({
  world,
  clients,
  firstClient,
  keys,
}: {
  world: DoctorWorld;
  clients: readonly { slug: string; name: string }[];
  firstClient: string | null;
  /** The signed-in person's keys; null for a visitor. */
  keys: readonly OwnKey[] | null;
}) {
  const t = useTranslations("doctor");
  const id = useId();
  const [paste, setPaste] = useState("");
  const [chosen, setChosen] = useState(firstClient ?? ANY);
  const reading = useMemo(() => readConfig(paste), [paste]);
  const client = chosen === ANY ? reading.client : chosen;
  const faults = useMemo(() => judgeConfig(reading, world, client), [reading, world, client]);
  const corrected = useMemo(() => correctText(reading.text, faults), [reading, faults]);
  const key = useMemo(
    () =>
      findKey(
        corrected ?? reading.text,
        reading.keys.map(({ value }) => value),
      ),
    [corrected, reading],
  );
  const empty = paste.trim() === "";
  const nothing = !empty && reading.urls.length + reading.keys.length + reading.models.length === 0;
  const bad = faults.filter(({ level }) => level === "fault").length;
  const models = corrected === null ? reading.models : readConfig(corrected).models;
  const setup = clients.find(({ slug }) => slug === client);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-2">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="grid gap-1.5">
          <Label htmlFor={`${id}-paste`}>{t("paste")}</Label>
          <Textarea
            id={`${id}-paste`}
            value={paste}
            onChange={(event) => setPaste(event.target.value)}
            rows={12}
            maxLength={MOST_CHARACTERS}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            data-1p-ignore
            data-lpignore="true"
            placeholder={`OPENAI_API_KEY=sk-tg-…\nOPENAI_PROXY_URL=${world.apiRoot}/v1`}
            aria-describedby={`${id}-hint`}
            className="num"
          />
          <p id={`${id}-hint`} className="max-w-prose text-ink-3 text-xs">
            {t("pasteHint")}
          </p>
        </div>
        <div className="grid max-w-xs gap-1.5">
          <Label htmlFor={`${id}-client`}>{t("client")}</Label>
          <Select value={chosen} onValueChange={setChosen}>
            <SelectTrigger
              id={`${id}-client`}
              text={clients.find(({ slug }) => slug === chosen)?.name ?? t("anyClient")}
            />
            <SelectContent>
              <SelectItem value={ANY}>{t("anyClient")}</SelectItem>
              {clients.map(({ slug, name }) => (
                <SelectItem key={slug} value={slug}>
                  {name}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        </div>
        {empty ? null : <ReadingFacts reading={reading} client={client} keys={keys} />}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <section
          aria-label={t("verdict")}
          aria-live="polite"
          className="grid grid-cols-[minmax(0,1fr)] gap-3"
        >
          {empty ? <Alert title={t("emptyTitle")}>{t("emptyText")}</Alert> : null}
          {nothing ? (
            <Alert tone="soon" title={t("nothingTitle")}>
              {t("nothingText")}
            </Alert>
          ) : null}
          {!empty && !nothing && bad === 0 ? (
            <Alert tone="good" title={t("cleanTitle")}>
              {t("cleanText")}
            </Alert>
          ) : null}
          {bad > 0 ? <h2 className="font-medium">{t("faultCount", { count: bad })}</h2> : null}
          <FaultList faults={faults} />
        </section>
        {corrected === null ? null : (
          <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
            <h2 className="font-medium">{t("corrected")}</h2>
            <CopyBlock title={t("correctedName")} code={hideKeys(corrected)} copyCode={corrected} />
          </section>
        )}
        {empty ? null : <LiveCheck world={world} secret={key} model={models[0]?.value.trim() ?? ""} />}
        {keys && setup ? (
          <div>
            <LinkButton href={`/setup/${setup.slug}`}>{t("toSetup", { client: setup.name })}</LinkButton>
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** The key that a live check would use: one of ours, as it is or as it was put right. */
function findKey(text: string, given: readonly string[]): string | null {
  const whole = text.match(/sk-tg-[0-9A-Za-z]{49}(?![0-9A-Za-z])/g) ?? [];
  return [...given, ...whole].find((one) => keyShape(one).kind === "ours") ?? null;
}
