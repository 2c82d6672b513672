import { curlChat } from "@/lib/clients/curl-blocks";
import { prepareFacts } from "@/lib/clients/prepare-facts";
import { db } from "@/lib/db";
import { env } from "@/lib/env";

/** A curl command for a first small call, to the model that stands first in the catalogue. */
export async function firstCallExample(): Promise<string> {
  const model = await db().model.findFirst({
    where: { enabled: true, kind: "chat" },
    orderBy: [{ sort: "asc" }, { id: "asc" }],
  });
  const rootUrl = env().publicApiUrl;
  const facts = prepareFacts({
    rootUrl,
    baseUrl: `${rootUrl}/v1`,
    apiKey: null,
    models: model ? [model] : [],
    defaultModelId: model?.id ?? "",
    smallModelId: model?.id ?? "",
  });
  return curlChat(facts);
}
