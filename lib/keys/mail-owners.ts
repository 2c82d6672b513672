import type { Tx } from "@/lib/db";
import type { MailContent } from "@/lib/mail/render-mail";
import { sendMail } from "@/lib/mail/send";

/** Queues a mail to each owner of a workspace, in the transaction of what it tells of. */
export async function mailOwners(tx: Tx, workspaceId: string, mail: MailContent): Promise<void> {
  const owners = await tx.member.findMany({
    where: { workspaceId, role: "owner", user: { disabledAt: null } },
    select: { user: { select: { email: true } } },
    orderBy: { userId: "asc" },
  });
  for (const { user } of owners) await sendMail(tx, { ...mail, to: user.email });
}
