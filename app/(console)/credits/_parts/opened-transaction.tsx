import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Money } from "@/components/data/money";
import { requireUser } from "@/lib/auth/session";
import { AppError } from "@/lib/errors";
import { getTransaction, type TransactionView } from "@/lib/ledger/get-transaction";
import { CallSheet } from "../../_calls/call-sheet";
import { lineName } from "./line-name";
import { TransactionStory } from "./transaction-story";

/** The transaction that a URL names, for the signed-in person; a page that is not found otherwise. */
export async function openTransaction(params: Promise<{ transactionId: string }>): Promise<TransactionView> {
  const user = await requireUser();
  const { transactionId } = await params;
  try {
    return await getTransaction(user, { id: transactionId });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

/** The same transaction beside the history. */
export async function OpenedTransactionSheet({ params }: { params: Promise<{ transactionId: string }> }) {
  const transaction = await openTransaction(params);
  const names = await getTranslations("credits.line");
  return (
    <CallSheet
      title={lineName(names, transaction.type)}
      description={<Money nano={transaction.amountNano} sign />}
    >
      <TransactionStory transaction={transaction} />
    </CallSheet>
  );
}
