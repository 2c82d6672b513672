import { describe, expect, it } from "vitest";
import { accountFault, connectFault } from "./account-fault";

/** Error bodies as the vendors write them. */
const FAULTS: [number, string, ReturnType<typeof accountFault>][] = [
  [
    401,
    '{"error":{"message":"Incorrect API key provided: sk-x","code":"invalid_api_key"}}',
    "upstream_key_refused",
  ],
  [
    400,
    '{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}',
    "upstream_key_refused",
  ],
  [
    400,
    '[{"error":{"code":400,"message":"API key expired. Please renew the API key."}}]',
    "upstream_key_refused",
  ],
  [402, '{"error":{"message":"Insufficient credits","code":402}}', "upstream_no_credit"],
  [
    400,
    '{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}}',
    "upstream_no_credit",
  ],
  [403, '{"error":{"type":"permission_error","message":"not allowed"}}', "upstream_forbidden"],
  [
    400,
    '{"error":{"code":400,"message":"User location is not supported for the API use.","status":"FAILED_PRECONDITION"}}',
    "upstream_forbidden",
  ],
  [403, '{"error":{"code":"insufficient_quota","message":"..."}}', "upstream_no_quota"],
  [
    429,
    '{"error":{"message":"You exceeded your current quota, please check your plan","type":"insufficient_quota","code":"insufficient_quota"}}',
    "upstream_no_quota",
  ],
  [
    429,
    '{"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"34s"}]}}',
    null,
  ],
  [
    429,
    '{"error":{"message":"Rate limit reached for gpt-4o","type":"tokens","code":"rate_limit_exceeded"}}',
    null,
  ],
  [
    404,
    '{"error":{"message":"The model `x` does not exist","code":"model_not_found"}}',
    "upstream_model_unknown",
  ],
  [
    404,
    '{"type":"error","error":{"type":"not_found_error","message":"model: claude-9"}}',
    "upstream_model_unknown",
  ],
  [
    404,
    '{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}}',
    "upstream_deployment_unknown",
  ],
  [404, '{"error":{"code":"404","message":"Resource not found"}}', "upstream_endpoint_unknown"],
  [404, '{"detail":"Not Found"}', "upstream_endpoint_unknown"],
  [404, "<html><h1>404</h1></html>", "upstream_endpoint_unknown"],
  [404, '{"error":{"message":"Invalid URL (POST /chat/completions)"}}', "upstream_endpoint_unknown"],
  [405, '{"detail":"Method Not Allowed"}', "upstream_endpoint_unknown"],
  [400, '{"error":{"message":"Model Not Exist","type":"invalid_request_error"}}', "upstream_model_unknown"],
  [
    400,
    '{"object":"error","message":"Invalid model: mistral-x","type":"invalid_model","code":"1500"}',
    "upstream_model_unknown",
  ],
  [400, '{"error":{"message":"foo/bar is not a valid model ID","code":400}}', "upstream_model_unknown"],
  [
    400,
    '{"error":{"code":"OperationNotSupported","message":"The chatCompletion operation does not work with the specified model"}}',
    "upstream_model_unknown",
  ],
  [
    400,
    '{"error":{"code":"BadRequest","message":"API version not supported"}}',
    "upstream_api_version_refused",
  ],
  [307, "", "upstream_redirects"],
  [
    400,
    '{"error":{"message":"messages.1.role: Input should be \'user\' or \'assistant\'","type":"invalid_request_error"}}',
    null,
  ],
  [400, '{"error":{"message":"The model did not like \'Model Not Exist\' in the prompt"}}', null],
  [400, '{"error":{"code":"content_filter","message":"The response was filtered"}}', null],
  [413, '{"error":{"message":"too large"}}', null],
  [422, '{"detail":[{"loc":["body","messages"],"msg":"field required"}]}', null],
  [500, '{"error":{"message":"insufficient_quota"}}', null],
  [503, "", null],
];

describe("a fault of our own account upstream", () => {
  it("is told from the caller's faults and from passing trouble, however the vendor says it", () => {
    for (const [status, body, alert] of FAULTS)
      expect([status, body, accountFault(status, body)]).toEqual([status, body, alert]);
  });
});

describe("a connection that could not be made", () => {
  it("is the operator's to mend where no waiting helps", () => {
    expect(connectFault("ENOTFOUND")).toBe("upstream_name_unknown");
    for (const code of [
      "CERT_HAS_EXPIRED",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    ])
      expect([code, connectFault(code)]).toEqual([code, "upstream_certificate_bad"]);
    for (const code of ["ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT", ""])
      expect([code, connectFault(code)]).toEqual([code, null]);
  });
});
