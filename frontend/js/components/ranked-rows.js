// The rows of one ranking: asked for page by page, sorted by the server over all rows, with its CSV file.

import { apiAddress, lastAnswer } from "../api-client.js";
import { h } from "../dom/element.js";
import { plural } from "../format/numbers.js";
import { withChange } from "../router.js";
import { fileName } from "./file-link.js";

const MOST_PAGES = 10; // more than that nobody reads on a screen, and the file has them all

/** {rows0: address, rows1: ...}: one question per page of the table that there is; the first tells how many. */
export function rowQuestions(state, path, parameters, pageSize) {
  const sorted = { ...parameters, sort: state.sort, order: state.sort ? (state.order ?? "asc") : null };
  const address = (page) => apiAddress(path, { ...sorted, limit: pageSize, offset: page ? page * pageSize : null });
  const total = lastAnswer(address(0))?.total_count ?? 0;
  const pages = Math.max(1, Math.min(Number(state.pages ?? 1), Math.ceil(total / pageSize), MOST_PAGES));
  return Object.fromEntries(Array.from({ length: pages }, (_, page) => [`rows${page}`, address(page)]));
}

export function gatherRows(answers) {
  const pages = Object.entries(answers).filter(([name]) => name.startsWith("rows")).map(([, answer]) => answer);
  return { rows: pages.flatMap((page) => page.data), total: pages[0].total_count, first: pages[0] };
}

/** How much of the ranking stands here, the next rows, and the file. */
export function tableFoot(state, { shown, total, pageSize, one, many, csv }) {
  const pages = Math.ceil(shown / pageSize);
  return h(
    "div",
    { class: "table-foot" },
    h("p", {}, shown < total ? `${shown.toLocaleString("en-US")} of ${plural(total, one, many)}` : plural(total, one, many)),
    shown < total && pages >= MOST_PAGES ? h("p", {}, "The file has them all.") : null,
    shown < total && pages < MOST_PAGES
      ? h("button", { type: "button", "data-href": withChange(state, { pages: String(pages + 1) }), "data-announce": "More rows" }, "Show more")
      : null,
    csv,
  );
}

export function csvLink(path, parameters, what) {
  const address = apiAddress(path, { ...parameters, format: "csv" });
  return h("a", { class: "csv", href: address, download: fileName(what) }, `Download ${fileName(what)}`);
}

/** Says so when the period is not over, or reaches back before tracking began. */
export function periodNote(answer) {
  if (answer.days_with_data >= answer.period_days) return null;
  const days = `${plural(answer.days_with_data, "day", "days")} of the ${answer.period_days}`;
  const isAhead = answer.last_date > answer.last_updated?.slice(0, 10);
  const observed = isAhead ? `Not over yet: these are figures of ${days}.` : `Only ${days} ${answer.is_final ? "were observed" : "have been observed so far"}.`;
  return h(
    "p",
    { class: "note", "data-key": "period-note" },
    answer.days_with_data === 0 ? "Nothing has been observed in this period yet." : observed,
  );
}
