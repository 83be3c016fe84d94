// View 1: parks by downtime or by weighted score.

import { h } from "../dom/element.js";
import { agoText, minutesOf, NOTHING } from "../format/durations.js";
import { decimal, shareText } from "../format/numbers.js";
import { minutesBetween } from "../format/times.js";
import { withChange } from "../router.js";
import { rank, trend } from "./badges.js";
import { dataTable, LENGTH_ORDERS, sortOf } from "./data-table.js";
import { figuresAddress, headFigures } from "./head-figures.js";
import { parkDetails, queueTimesLink } from "./links.js";
import { csvLink, gatherRows, periodNote, rowQuestions, tableFoot } from "./ranked-rows.js";
import { downtimeSoFar, uptimeSoFar } from "./so-far.js";
import { noRows } from "./states.js";
import { choice, filterSwitch, PARK_WIDE, periodSwitch, RANKINGS } from "./switches.js";

const PATH = "/api/parks/downtime";
const PAGE = 50;
const LITTLE_COVERAGE = 95;

const parameters = ({ period, filter, weighted, park_wide }) => ({ period, filter, weighted, park_wide });

export const parks = {
  title: () => "Parks",
  sentence: ({ weighted }) =>
    weighted === "true"
      ? "Where downtime weighs most: a headline attraction counts three times a small one."
      : "How long rides were down while their park was running, summed over each park.",
  questions: (state) => ({ figures: figuresAddress(state), ...rowQuestions(state, PATH, parameters(state), PAGE) }),
  switches: (state) => [
    periodSwitch(state),
    filterSwitch(state),
    choice(state, "weighted", "Rank by", RANKINGS),
    choice(state, "park_wide", "Stops of the whole park", PARK_WIDE),
  ],
  content,
};

function content(state, answers) {
  const { rows, total, first } = gatherRows(answers);
  if (rows.length === 0) return [headFigures(state, answers.figures), noRows(state, "parks", first)];
  const isWeighted = state.weighted === "true";
  const longest = Math.max(first.aggregate_stats.peak_downtime_hours ?? 0, ...rows.map((park) => park.total_downtime_hours + park.ongoing_hours));
  return [
    headFigures(state, answers.figures),
    periodNote(first),
    dataTable({
      name: "parks",
      caption: isWeighted ? { what: "Parks", rankedBy: "weighted score" } : { what: "Parks", rankedBy: "downtime", first: "longest first" },
      columns: columns(state, longest, first.last_updated),
      rows,
      rowKey: (park) => park.park_id,
      sort: sortOf(state, "rank", "asc", (sort, order) => withChange(state, { sort, order })),
      after: tableFoot(state, {
        shown: rows.length, total, pageSize: PAGE, one: "park", many: "parks",
        csv: csvLink(PATH, parameters(state), "parks"),
      }),
    }),
  ];
}

function columns(state, longest, asOf) {
  const byScore = state.weighted === "true";
  return [
    { field: "rank", label: "Rank", cell: (park) => rank(park.rank, park.rank_low, park.rank_high) },
    { field: "park_name", label: "Park", isText: true, isRowHeader: true, cell: (park) => [queueTimesLink(park.park_name, park.queue_times_url), parkNote(park, asOf)] },
    { field: "location", label: "Location", isText: true, cell: (park) => park.location ?? NOTHING },
    { field: "total_downtime_hours", label: "Downtime", orders: LENGTH_ORDERS, className: "lead", cell: (park) => downtime(park, longest) },
    { field: "affected_rides_count", label: "Down now", cell: (park) => park.affected_rides_count ?? NOTHING },
    { field: "uptime_percentage", label: "Uptime", className: byScore ? "wide-only" : null, cell: (park) => uptimeSoFar(park.uptime_percentage, park.ongoing_hours > 0) },
    { field: "weighted_downtime_score", label: "Score", className: byScore ? null : "wide-only", cell: (park) => decimal(park.weighted_downtime_score) },
    { field: "trend_percentage", label: "Trend", cell: (park) => trend(park.trend_percentage) },
    { field: "coverage_percentage", label: "Observed", cell: coverage },
    { field: "details", label: "Details", isUnsorted: true, isText: true, cell: (park) => parkDetails(state, park.park_id, park.park_name) },
  ];
}

/** The bar: what is judged, and hatched after it what is not over yet; against the longest of both. */
function downtime(park, longest) {
  const share = (hours) => `${longest > 0 ? ((100 * (hours ?? 0)) / longest).toFixed(1) : 0}%`;
  return h(
    "div",
    { class: "meter" },
    h("span", { class: "bars", "aria-hidden": "true" },
      h("span", { class: "bar", vars: { "--share": share(park.total_downtime_hours) } }),
      park.ongoing_hours > 0 ? h("span", { class: "bar bar-so-far", vars: { "--share": share(park.ongoing_hours) } }) : null),
    h("span", { class: "amounts" }, downtimeSoFar(minutesOf(park.total_downtime_hours), minutesOf(park.ongoing_hours))),
  );
}

/** What has to be said of a park that does not run; never why, for that cannot be seen. */
function parkNote(park, asOf) {
  if (park.is_open_now !== false) return null;
  const since = park.last_active_at;
  if (!since) return h("span", { class: "park-note" }, "Not seen running yet");
  return h("span", { class: "park-note" }, `Closed, last seen running ${agoText(minutesBetween(since, asOf))} ago`);
}

function coverage(park) {
  const observed = park.coverage_percentage;
  const isLittle = observed !== null && observed < LITTLE_COVERAGE;
  return isLittle ? h("span", { class: "little" }, shareText(observed)) : shareText(observed);
}
