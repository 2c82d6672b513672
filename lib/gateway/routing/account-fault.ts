/** What the operator has to mend, by the name under which it is logged and counted. */
export type UpstreamAlert =
  | "upstream_key_refused"
  | "upstream_no_credit"
  | "upstream_no_quota"
  | "upstream_forbidden"
  | "upstream_model_unknown"
  | "upstream_deployment_unknown"
  | "upstream_endpoint_unknown"
  | "upstream_api_version_refused"
  | "upstream_redirects"
  | "upstream_name_unknown"
  | "upstream_certificate_bad"
  | "upstream_address_blocked";

/** The beginning of an error body is enough; what a caller wrote is quoted further behind, if at all. */
const READ_CHARS = 600;

/**
 * A fault of our own account or set-up upstream, where an error answer tells of one; null for any other. Several
 * vendors say with 400 what others say with 401, 402 or 404. Sources: the error pages of OpenAI, Azure OpenAI,
 * Anthropic, Gemini, Mistral, DeepSeek, OpenRouter, xAI, Groq and Together, November 2026.
 */
export function accountFault(status: number, body: string): UpstreamAlert | null {
  const text = body.slice(0, READ_CHARS);
  const says = (pattern: RegExp) => pattern.test(text);
  switch (status) {
    case 401:
      return "upstream_key_refused";
    case 402:
      return "upstream_no_credit";
    case 403:
      if (says(/insufficient[_ ]quota|insufficient[_ ](?:balance|credits?|funds)|arrearage|billing/i))
        return "upstream_no_quota";
      return "upstream_forbidden";
    case 404:
    case 405:
      if (says(/DeploymentNotFound|deployment .{0,80}does not exist/i)) return "upstream_deployment_unknown";
      if (
        status === 405 ||
        !isError(text) ||
        says(/invalid url|unknown (?:request )?url|no route|resource not found/i)
      )
        return "upstream_endpoint_unknown";
      return "upstream_model_unknown";
    case 429:
      if (says(/insufficient_quota|billing_hard_limit|credit balance|insufficient balance/i))
        return "upstream_no_quota";
      // Gemini says the same of a limit that is over within the minute, with the time to wait.
      if (says(/exceeded your current quota/i) && !/"retryDelay"/.test(body)) return "upstream_no_quota";
      return null;
    case 400:
    case 422:
      if (says(/api[_ ]key[_ ]?(?:not valid|invalid|expired)|invalid api[_ -]key/i))
        return "upstream_key_refused";
      if (says(/credit balance is too low|insufficient[_ ]balance/i)) return "upstream_no_credit";
      if (says(/billing_hard_limit_reached|insufficient_quota/i)) return "upstream_no_quota";
      if (says(/user location is not supported|unsupported_country/i)) return "upstream_forbidden";
      if (
        says(/api[- ]version (?:is )?(?:not supported|required|missing|unsupported)|unsupported api version/i)
      )
        return "upstream_api_version_refused";
      if (says(MODEL_UNKNOWN)) return "upstream_model_unknown";
      return null;
    default:
      return status >= 300 && status < 400 ? "upstream_redirects" : null;
  }
}

const MODEL_UNKNOWN =
  /"code"\s*:\s*"(?:model_not_found|invalid_model|model_not_supported|OperationNotSupported)"|"type"\s*:\s*"invalid_model"|"message"\s*:\s*"(?:Model Not Exist|Invalid model[:\s]|model [`'"]?[\w./:-]{1,100}[`'"]? (?:not found|does not exist)|[\w./:-]{1,100} is not a valid model ID)/i;

/** An API's own error body, and not the page of some other server or a framework's "Not Found". */
function isError(text: string): boolean {
  return /"error"|"message"|"errors"/.test(text);
}

/** The same for a connection that could not be made, by Node's code for why; null for passing trouble. */
export function connectFault(code: string): UpstreamAlert | null {
  if (code === "ENOTFOUND") return "upstream_name_unknown";
  return /CERT|SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|ERR_TLS|ERR_SSL|EPROTO/.test(code)
    ? "upstream_certificate_bad"
    : null;
}
