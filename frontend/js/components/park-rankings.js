// View 1: parks by downtime or by weighted score.

import { h, unseen } from "../dom/element.js";
import { hoursText, NOTHING, spoken } from "../format/durations.js";
import { decimal, percent } from "../format/numbers.js";
import { withChange } from "../router.js";
import { rank, trend } from "./badges.js";
import { dataTable, sortOf } from "./data-table.js";
import { figuresAddress, headFigures } from "./head-figures.js";
import { parkDetails, queueTimesLink } from "./links.js";
import { csvLink, gatherRows, periodNote, rowQuestions, tableFoot } from "./ranked-rows.js";
import { nothing } from "./states.js";
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

function content(state, answers, now) {
  const { rows, total, first } = gatherRows(answers);
  if (rows.length === 0) return [headFigures(state, answers.figures), nothing("No parks yet", "The first readings have not arrived, or no park matches.")];
  const isWeighted = state.weighted === "true";
  const worst = first.aggregate_stats.peak_downtime_hours;
  return [
    headFigures(state, answers.figures),
    periodNote(first),
    dataTable({
      name: "parks",
      caption: { what: "Parks", rankedBy: isWeighted ? "weighted score" : "downtime" },
      columns: columns(state, worst, now),
      rows,
      rowKey: (park) => park.park_id,
      sort: sortOf(state, "rank", "asc", (sort, order) => withChange(state, { sort, order })),
      after: tableFoot(state, {
        shown: rows.length, total, one: "park", many: "parks",
        csv: csvLink(PATH, parameters(state), "parks"),
      }),
    }),
  ];
}

function columns(state, worst, now) {
  const byScore = state.weighted === "true";
  return [
    { field: "rank", label: "Rank", cell: (park) => rank(park.rank) },
    { field: "park_name", label: "Park", isText: true, isRowHeader: true, cell: (park) => [queueTimesLink(park.park_name, park.queue_times_url), parkNote(park, now)] },
    { field: "location", label: "Location", isText: true, cell: (park) => park.location ?? NOTHING },
    { field: "total_downtime_hours", label: "Downtime", className: "lead", cell: (park) => downtime(park, worst) },
    { field: "affected_rides_count", label: "Down now", cell: (park) => park.affected_rides_count ?? NOTHING },
    { field: "uptime_percentage", label: "Uptime", className: byScore ? "wide-only" : null, cell: (park) => percent(park.uptime_percentage) },
    { field: "weighted_downtime_score", label: "Score", className: byScore ? null : "wide-only", cell: (park) => decimal(park.weighted_downtime_score) },
    { field: "trend_percentage", label: "Trend", cell: (park) => trend(park.trend_percentage) },
    { field: "coverage_percentage", label: "Observed", cell: coverage },
    { field: "details", label: "Details", isUnsorted: true, isText: true, cell: (park) => parkDetails(state, park.park_id, park.park_name) },
  ];
}

function downtime(park, worst) {
  const share = worst > 0 ? Math.min(100, (100 * (park.total_downtime_hours ?? 0)) / worst) : 0;
  return h(
    "div",
    { class: "meter" },
    h("span", { class: "bar", "aria-hidden": "true", vars: { "--share": `${share.toFixed(1)}%` } }),
    h("span", { class: "amounts" },
      h("span", { class: "amount" }, hoursText(park.total_downtime_hours)),
      park.ongoing_hours > 0 ? h("span", { class: "beside" }, `+ ${hoursText(park.ongoing_hours)} ongoing`) : null),
  );
}

/** What has to be said of a park that does not run; never why, for that cannot be seen. */
function parkNote(park, now) {
  if (park.is_open_now !== false) return null;
  const since = park.last_active_at;
  if (!since) return h("span", { class: "park-note" }, "Not seen running yet");
  return h("span", { class: "park-note" }, `Closed, last seen running ${spoken((now - new Date(since)) / 60000)} ago`);
}

function coverage(park) {
  const observed = park.coverage_percentage;
  if (observed === null) return NOTHING;
  if (observed < LITTLE_COVERAGE) return h("span", { class: "little" }, percent(observed, 0));
  return unseen(percent(observed, 0));
}
