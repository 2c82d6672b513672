import type { ReactNode } from "react";
import { ConsoleShell } from "@/components/shell/console-shell";
import { findUser } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { readGauge } from "@/lib/ledger/read-gauge";
import { FrozenNotice } from "./_frame/frozen-notice";
import { StandInBadge } from "./_frame/stand-in-badge";
import { VerifyBanner } from "./_parts/verify-banner";
import { signOut } from "./sign-out";

/** The frame only. Every page below guards itself with `requireUser()`. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const user = await findUser();
  if (!user) return <main id="main">{children}</main>;
  const { availableNano, share, frozen } = await readGauge(user.workspaceId);
  return (
    <ConsoleShell
      workspaceName={user.workspaceName}
      email={user.user.email}
      balance={{ availableNano: availableNano.toString(), share, frozen }}
      balanceSource="/balance.json"
      signOut={signOut}
      notice={frozen ? <FrozenNotice /> : <VerifyBanner />}
      aside={<StandInBadge standIns={[...env().standIns]} />}
    >
      {children}
    </ConsoleShell>
  );
}
