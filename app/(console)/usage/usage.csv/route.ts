import { answerExport } from "../../_calls/answer-export";

/** The sums that the usage page's URL means, all groups of them. */
export function GET(request: Request): Promise<Response> {
  return answerExport(request, "usage", "csv");
}
