// View 4: four tables, what changed by five points of uptime or more against the period before.

import { apiAddress } from "../api-client.js";
import { h, picture, unseen } from "../dom/element.js";
import { hoursText, NOTHING } from "../format/durations.js";
import { percent, plural } from "../format/numbers.js";
import { dateText } from "../format/times.js";
import { withChange } from "../router.js";
import { rank, tierBadge } from "./badges.js";
import { dataTable, LENGTH_ORDERS, TIER_ORDERS } from "./data-table.js";
import { figuresAddress, headFigures } from "./head-figures.js";
import { parkDetails, parkLink, queueTimesLink, rideDetails } from "./links.js";
import { csvLink } from "./ranked-rows.js";
import { filterSwitch, periodSwitch } from "./switches.js";
import { sortIn, withSort } from "./trend-sorts.js";

const PATH = "/api/trends";
const MOST = 100;
const TABLES = [
  ["parks-improving", "Parks that improved"],
  ["parks-declining", "Parks that declined"],
  ["rides-improving", "Rides that improved"],
  ["rides-declining", "Rides that declined"],
];

export const trends = {
  title: () => "Trends",
  sentence: () => "Whose uptime changed by 5 percentage points or more against the period before.",
  questions: (state) => ({
    figures: figuresAddress(state),
    ...Object.fromEntries(TABLES.map(([category]) => [category, apiAddress(PATH, question(state, category))])),
  }),
  switches: (state) => [periodSwitch(state), filterSwitch(state)],
  content(state, answers) {
    return [
      headFigures(state, answers.figures),
      comparison(answers["parks-improving"].comparison),
      h("div", { class: "pair-of-tables", "data-key": "parks" }, tables(state, answers, "parks")),
      h("div", { "data-key": "rides" }, tables(state, answers, "rides")),
    ];
  },
};

function tables(state, answers, kind) {
  return TABLES.filter(([category]) => category.startsWith(kind))
    .map(([category, title]) => trendTable(state, category, title, answers[category]));
}

function question(state, category) {
  const { field, order } = sortIn(state.sort, category);
  return { category, period: state.period, filter: state.filter, limit: MOST, sort: field, order: field ? order : null };
}

function comparison({ current_period: current, previous_period: previous }) {
  if (!current.first_date || !previous.first_date) return null;
  return h("p", { class: "note", "data-key": "comparison" }, `${range(current)} against ${range(previous)}, in most parks. A closure that is not over yet is not in it.`);
}

function range({ first_date: first, last_date: last }) {
  return first === last ? dateText(first) : `${dateText(first)} to ${dateText(last)}`;
}

function trendTable(state, category, title, answer) {
  const heading = h("h2", { "data-key": `title-${category}` }, title);
  if (answer.data.length === 0) {
    return h("section", { "data-key": category }, heading, h("p", { class: "quiet" }, whyNone(category, answer)));
  }
  const sorted = sortIn(state.sort, category);
  return h("section", { "data-key": category }, heading, dataTable({
    name: category,
    className: "trend-table aligned",
    caption: { what: title, rankedBy: "change of uptime" },
    columns: category.startsWith("parks") ? parkColumns(state) : rideColumns(state),
    rows: answer.data,
    rowKey: (row) => row.ride_id ?? row.park_id,
    sort: {
      field: sorted.field ?? "rank",
      order: sorted.field ? sorted.order : "asc",
      address: (field, order) => withChange(state, { sort: withSort(state.sort, category, field, order), order: null }),
    },
    after: h("div", { class: "table-foot" }, csvLink(PATH, { ...question(state, category), limit: null }, category)),
  }));
}

/** "None improved" can be said only of those that could be compared. */
function whyNone(category, { compared_count: compared, last_updated: lastUpdated }) {
  const [kind, direction] = category.split("-");
  const one = kind.slice(0, -1);
  if (!lastUpdated) return "The first readings have not arrived.";
  if (compared === 0) return `No ${one} can be compared yet: each needs 4 hours of open time and downtime${one === "park" ? " per ride" : ""} in both periods.`;
  return `Of the ${plural(compared, one, kind)} that can be compared none ${direction === "improving" ? "improved" : "declined"} by 5 points or more.`;
}

function parkColumns(state) {
  return [
    { field: "rank", label: "Rank", cell: (row) => rank(row.rank) },
    { field: "park_name", label: "Park", isText: true, isRowHeader: true, cell: (row) => [queueTimesLink(row.park_name, row.queue_times_url), h("span", { class: "park-note" }, row.location ?? "")] },
    ...figureColumns(),
    { field: "details", label: "Details", isUnsorted: true, isText: true, cell: (row) => parkDetails(state, row.park_id, row.park_name) },
  ];
}

function rideColumns(state) {
  return [
    { field: "rank", label: "Rank", cell: (row) => rank(row.rank) },
    { field: "ride_name", label: "Ride", isText: true, isRowHeader: true, cell: (row) => queueTimesLink(row.ride_name, row.queue_times_url) },
    { field: "park_name", label: "Park", isText: true, cell: parkLink },
    { field: "tier", label: "Tier", isText: true, orders: TIER_ORDERS, cell: (row) => tierBadge(row.tier) },
    ...figureColumns(),
    { field: "details", label: "Details", isUnsorted: true, isText: true, cell: (row) => rideDetails(state, row.ride_id, row.ride_name) },
  ];
}

function figureColumns() {
  return [
    { field: "uptime_change_pct", label: "Change", className: "lead", cell: (row) => change(row.uptime_change_pct) },
    { field: "previous_period_uptime_pct", label: "Uptime before", cell: (row) => percent(row.previous_period_uptime_pct) },
    { field: "current_period_uptime_pct", label: "Uptime", cell: (row) => percent(row.current_period_uptime_pct) },
    { field: "current_period_downtime_hours", label: "Downtime", orders: LENGTH_ORDERS, cell: (row) => hoursText(row.current_period_downtime_hours) },
  ];
}

function change(points) {
  if (points === null) return NOTHING;
  const isBetter = points > 0;
  return h("span", { class: `trend trend-${isBetter ? "better" : "worse"}` }, picture(isBetter ? "mark-up" : "mark-down", "arrow"),
    `${isBetter ? "+" : "−"}${Math.abs(points).toFixed(1)} pt`, unseen(isBetter ? " better" : " worse"));
}
