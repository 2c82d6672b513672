import type { CatalogModel } from "@/lib/catalog/types";
import type { Hold } from "@/lib/gateway/admit";
import type { Call } from "@/lib/gateway/call";
import type { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";

/** From this part of the hold on, more is asked for. */
const EXTEND_AT = 0.7;
/** How far an upstream that was sent a cap may count differently from us before it is cut. */
const TOLERANCE = 1.25;
const SLACK_TOKENS = 64;
const LEAST_EXTENSION = 256;

export type BudgetState =
  | "enough"
  /** Nothing more may come until the ledger has answered. */
  | "wait"
  /** What the hold pays for has been delivered: end it with `length`. */
  | "spent";

/**
 * Watches that a stream delivers no more than is held for it. A stream without a cap of its own takes more in
 * time; one whose cap went upstream is only cut when the upstream ignores that.
 */
export class StreamBudget {
  private exhausted: boolean;
  private asking = false;
  private readonly answers: number;

  constructor(
    private readonly call: Call,
    private readonly model: CatalogModel,
    private readonly hold: Hold,
    answers: number,
    private readonly onAnswer: () => void,
  ) {
    this.answers = answers;
    this.exhausted = !hold.extendable;
  }

  /** Cheap while far from the edge; counts tokens only near it. */
  check(observer: AnswerObserver): BudgetState {
    const held = this.hold.capTokens * this.answers;
    if (!this.hold.extendable) {
      const most = held * TOLERANCE + SLACK_TOKENS;
      return observer.outputAtMost > most && this.counted(observer) > most ? "spent" : "enough";
    }
    if (observer.outputAtMost <= held * EXTEND_AT) return "enough";
    const counted = this.counted(observer);
    if (counted > held * EXTEND_AT && !this.exhausted && !this.asking) this.ask();
    if (counted < held) return "enough";
    return this.asking ? "wait" : "spent";
  }

  private counted(observer: AnswerObserver): number {
    const { outputTokens, reasoningTokens } = observer.countOutput();
    return outputTokens + reasoningTokens;
  }

  private ask(): void {
    const { hold, model, call } = this;
    const room = model.maxOutputTokens - hold.capTokens;
    if (room <= 0) {
      // The model ends by itself here; what counts differently is tolerated as with a cap.
      this.exhausted = true;
      hold.extendable = false;
      return;
    }
    const addTokens = Math.min(call.services.limits.streamReserveTokens, room);
    this.asking = true;
    call.services.ledger
      .extend({
        holdId: hold.holdId,
        workspaceId: call.key?.workspaceId ?? "",
        outputPico: hold.outputPico,
        addTokens,
        minTokens: Math.min(LEAST_EXTENSION, addTokens),
      })
      .then(
        ({ addedTokens }) => {
          hold.capTokens += addedTokens;
          this.exhausted = addedTokens === 0;
        },
        () => {
          this.exhausted = true;
        },
      )
      .finally(() => {
        this.asking = false;
        this.onAnswer();
      });
  }
}
