export { OpenedCallSheet as default } from "../../../../_calls/opened-call";
