import api from "./en/api.json";
import auth from "./en/auth.json";
import cli from "./en/cli.json";
import credits from "./en/credits.json";
import docs from "./en/docs.json";
import doctor from "./en/doctor.json";
import errors from "./en/errors.json";
import logs from "./en/logs.json";
import mail from "./en/mail.json";
import overview from "./en/overview.json";
import playground from "./en/playground.json";
import sandbox from "./en/sandbox.json";
import settings from "./en/settings.json";
import setup from "./en/setup.json";
import shell from "./en/shell.json";
import site from "./en/site.json";
import tokens from "./en/tokens.json";
import ui from "./en/ui.json";
import usage from "./en/usage.json";

/** One JSON file an area, one top-level namespace each. A new area joins here. */
const en = {
  api,
  auth,
  cli,
  credits,
  doctor,
  docs,
  errors,
  logs,
  mail,
  overview,
  playground,
  sandbox,
  settings,
  setup,
  shell,
  site,
  tokens,
  ui,
  usage,
};

export type Messages = typeof en;
export type Area = keyof Messages;

/** What the frame and the components need in the browser; a page adds its own with `<ClientMessages>`. */
export const CLIENT_AREAS = ["shell", "ui"] as const satisfies readonly Area[];

/** The text catalogue of a language. English is the only one so far. */
export function loadMessages(): Messages {
  return en;
}
