const LINK = /(https?:\/\/\S+)/;

/** A mail's words as they were written, with its links to follow. */
export function MailText({ text }: { text: string }) {
  return (
    <div className="whitespace-pre-wrap break-words text-ink-2">
      {text.split(LINK).map((part, index) =>
        LINK.test(part) && URL.canParse(part) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places.
          <a key={index} href={part} className="link break-all">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </div>
  );
}
