import { answerExport } from "../../_calls/answer-export";

/** The calls that the log's URL means, all pages of them. */
export function GET(request: Request): Promise<Response> {
  return answerExport(request, "calls", "csv");
}
