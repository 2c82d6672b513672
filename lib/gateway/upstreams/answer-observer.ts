import { countText } from "@/lib/gateway/count-tokens";
import type { TokenBuckets } from "@/lib/gateway/price-call";

/** Around the name and arguments of a tool call, as OpenAI's models write it. */
const TOOL_CALL_TOKENS = 8;
/** Text waiting to be counted is counted once it is this long, so that a long stream is never kept whole. */
const FLUSH_CHARS = 65_536;

/**
 * What the gateway watches of one answer, whatever the upstream speaks: the usage that it reports, whether anything
 * was delivered, how it finished, and its text for as long as it is needed for counting. A wire's own observer
 * extends it and calls `write`, `think` and `callTool` as the answer goes by.
 */
export class AnswerObserver {
  /** As the upstream last reported; a later report replaces an earlier one. */
  usage: TokenBuckets | null = null;
  /** False as long as `usage` tells the input only, although output may have come. */
  usageHasOutput = true;
  /** Text, a tool call, a refusal or reasoning was seen. */
  delivered = false;
  /** In the words of the chat dialect: stop, length, tool_calls, content_filter. */
  finishReason: string | null = null;
  /** Of the first event, to make more of the same kind. */
  id = "";
  created = 0;
  model = "";

  private text = "";
  private reasoning = "";
  private textTokens = 0;
  private reasoningTokens = 0;

  /** True once nothing more of the answer itself can come. */
  get finished(): boolean {
    return this.finishReason !== null;
  }

  protected write(text: string): void {
    if (text === "") return;
    this.delivered = true;
    this.text += text;
    if (this.text.length > FLUSH_CHARS) this.flush();
  }

  protected think(text: string): void {
    if (text === "") return;
    this.delivered = true;
    this.reasoning += text;
    if (this.reasoning.length > FLUSH_CHARS) this.flush();
  }

  /** A tool call begins; its arguments follow through `write`. */
  protected callTool(name: string): void {
    this.delivered = true;
    if (name === "") return;
    this.textTokens += TOOL_CALL_TOKENS;
    this.write(name);
  }

  private flush(): void {
    this.textTokens += countText(this.text);
    this.reasoningTokens += countText(this.reasoning);
    this.text = "";
    this.reasoning = "";
  }

  /** Output tokens so far at most: no token is shorter than a byte. Counts nothing. */
  get outputAtMost(): number {
    return this.textTokens + this.reasoningTokens + 3 * (this.text.length + this.reasoning.length);
  }

  /** Output tokens so far by OpenAI's vocabulary, all answers together. */
  countOutput(): { outputTokens: number; reasoningTokens: number } {
    this.flush();
    return { outputTokens: this.textTokens, reasoningTokens: this.reasoningTokens };
  }
}
