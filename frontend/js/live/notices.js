// What visitors must know about all figures at once: the feed is behind, or the server cannot be reached.

import { earlierMoment, missingHistory } from "../api-client.js";
import { h } from "../dom/element.js";
import { morphChildren } from "../dom/morph.js";
import { clockWithZone, localDate, longDate } from "../format/times.js";
import { ago } from "./age.js";
import { showSimulated } from "./simulated.js";

/** `answer`: any answer of the view, or null; `error`: why the last question failed, or null; `trouble`: see whyNothing. */
export function showNotices(answer, error, trouble = null) {
  if (answer) showSimulated(answer);
  const notices = [];
  const moment = earlierMoment();
  const history = missingHistory();
  if (answer && moment) notices.push(notice("as-of", earlierText(moment)));
  if (answer && history) notices.push(notice("history", historyText(history)));
  if (error && answer) notices.push(notice("server", serverText(error, answer)));
  if (answer && !answer.last_updated) notices.push(notice("feed", trouble ?? "The first readings have not arrived yet."));
  else if (answer?.stale) notices.push(notice("feed", feedText(answer.last_updated)));
  morphChildren(document.getElementById("notices"), notices);
}

function notice(key, text) {
  return h("p", { class: "notice", "data-key": key }, text);
}

function earlierText(moment) {
  return `You see an earlier moment: everything is shown as it stood on ${longDate(localDate(moment))}, ${clockWithZone(moment)}. `
    + "More than about a week back only whole days are known, and not what rides did at the moment itself.";
}

function historyText(history) {
  return `${history}. The newest days came first; what is shown of longer periods grows until all are there.`;
}

function serverText(error, { last_updated: lastUpdated }) {
  const shown = lastUpdated ? ` What you see is from ${clockWithZone(lastUpdated)}, ${ago(lastUpdated)}.` : "";
  return `${error.code === "UNREACHABLE" ? "The server cannot be reached." : error.message.replace(/\.?$/, ".")}${shown} We try again every minute.`;
}

function feedText(lastUpdated) {
  return `The feed is behind: the last readings came ${ago(lastUpdated)}. What rides do now is not known until new ones arrive.`;
}
