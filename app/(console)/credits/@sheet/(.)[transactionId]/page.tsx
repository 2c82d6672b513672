export { OpenedTransactionSheet as default } from "../../_parts/opened-transaction";
