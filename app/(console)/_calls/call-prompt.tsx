import Link from "next/link";
import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/data/copy-button";
import { RelativeTime } from "@/components/data/relative-time";
import { ScrollRegion } from "@/components/data/scroll-region";
import { Section } from "@/components/data/section";
import { ActionButton } from "@/components/form/action-button";
import type { KeptPrompt } from "@/lib/usage/get-prompt";
import { deletePromptsAction } from "./actions";

/** What was said, where the workspace has it kept; else that it is not. */
export function CallPrompt({
  requestId,
  prompt,
  kept,
}: {
  requestId: string;
  prompt: KeptPrompt | null;
  /** Whether the workspace has prompts kept at all. */
  kept: boolean;
}) {
  const t = useTranslations("logs");
  if (!prompt) {
    return (
      <Section title={t("call.prompt")}>
        <p className="text-ink-2">
          {t(kept ? "call.promptNone" : "call.promptOff")}{" "}
          <Link href="/settings#prompts" className="link">
            {t(kept ? "call.promptSettings" : "call.promptOffLink")}
          </Link>
        </p>
      </Section>
    );
  }
  return (
    <Section
      title={t("call.prompt")}
      sentence={t.rich("call.promptText", { when: () => <RelativeTime at={prompt.expiresAt} /> })}
      action={
        <ActionButton action={deletePromptsAction} input={{ requestId }} variant="danger" size="sm">
          {t("call.promptDelete")}
        </ActionButton>
      }
    >
      <div className="grid gap-3">
        <Said title={t("call.promptRequest")} text={pretty(prompt.request)} />
        {prompt.response === null ? (
          <p className="text-ink-2">{t("call.promptNoResponse")}</p>
        ) : (
          <Said title={t("call.promptResponse")} text={pretty(prompt.response)} />
        )}
        {prompt.shortened ? <p className="text-ink-3 text-xs">{t("call.promptShortened")}</p> : null}
      </div>
    </Section>
  );
}

function Said({ title, text }: { title: string; text: string }) {
  return (
    <div className="overflow-hidden rounded-lg border bg-sunken">
      <div className="flex items-center justify-between border-b px-3 py-1">
        <h3 className="text-ink-2 text-xs">{title}</h3>
        <CopyButton text={text} what={title} />
      </div>
      <ScrollRegion label={title} className="max-h-96 overflow-auto">
        <pre className="whitespace-pre-wrap break-words p-3 font-mono text-xs leading-5">{text}</pre>
      </ScrollRegion>
    </div>
  );
}

/** JSON over several lines; anything else as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
