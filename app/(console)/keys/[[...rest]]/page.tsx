import { redirect } from "next/navigation";

/** Keys live under Tokens, their name in the interface; what is below leads to the same key there. */
export default async function KeysPage({ params }: { params: Promise<{ rest?: string[] }> }) {
  const [keyId] = (await params).rest ?? [];
  redirect(keyId ? `/tokens/${encodeURIComponent(decodeURIComponent(keyId))}` : "/tokens");
}
