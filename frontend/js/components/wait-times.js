// View 3: the longest waits, as posted. Wait-time charts belong to Queue-Times.com, so there are none here.

import { h } from "../dom/element.js";
import { NOTHING } from "../format/durations.js";
import { decimal } from "../format/numbers.js";
import { withChange } from "../router.js";
import { rank, statusBadge, tierBadge, trend } from "./badges.js";
import { dataTable, OPEN_ORDERS, sortOf, TIER_ORDERS } from "./data-table.js";
import { figuresNowAddress, headFigures } from "./head-figures.js";
import { parkLink, CREDIT_ADDRESS, queueTimesLink, rideDetails } from "./links.js";
import { csvLink, gatherRows, rowQuestions, tableFoot } from "./ranked-rows.js";
import { noRows, nothing, way } from "./states.js";
import { choice, filterSwitch, MODES } from "./switches.js";

const PATH = "/api/rides/waittimes";
const PAGE = 100;
const BY = { live: "the wait posted now", "7day-average": "the average of seven days", peak: "the longest wait of seven days" };

const WAIT_OF = { live: "current_wait_time", "7day-average": "seven_day_avg_wait_time", peak: "peak_wait_time" };

const parameters = ({ mode, filter }) => ({ mode, filter });

export const waits = {
  title: () => "Wait times",
  sentence: () => "The longest waits as the parks post them, in minutes, beside what is usual.",
  questions: (state) => ({ figures: figuresNowAddress(state), ...rowQuestions(state, PATH, parameters(state), PAGE) }),
  switches: (state) => [choice(state, "mode", "Rank by", MODES), filterSwitch(state)],
  content,
};

function content(state, answers) {
  const { rows, total, first } = gatherRows(answers);
  const figures = headFigures(state, answers.figures);
  if (rows.length === 0) return [figures, noRows(state, "waits", first)];
  if (!state.sort && rows.every((ride) => ride[WAIT_OF[state.mode]] === null)) return [figures, noWaits(state, first)];
  return [
    figures,
    h("p", { class: "note", "data-key": "charts" }, "Charts of wait times and crowd calendars are at ",
      queueTimesLink("Queue-Times.com", CREDIT_ADDRESS), "."),
    dataTable({
      name: "waits",
      caption: { what: "Waits of rides in minutes", rankedBy: BY[state.mode], first: "longest first" },
      columns: columns(state),
      rows,
      rowKey: (ride) => ride.ride_id,
      sort: sortOf(state, "rank", "asc", (sort, order) => withChange(state, { sort, order })),
      after: tableFoot(state, {
        shown: rows.length, total, pageSize: PAGE, one: "ride", many: "rides",
        csv: csvLink(PATH, parameters(state), "waits"),
      }),
    }),
  ];
}

/** A table of dashes would say less than a sentence. */
function noWaits(state, { stale }) {
  if (state.mode !== "live") return nothing("No waits of these days", "No ride posted a wait in the last seven days.", way("Waits now", withChange(state, { mode: "live" })));
  return stale
    ? nothing("We cannot see the waits", "No readings have arrived for a while. The list comes back with them.", way("The average of seven days", withChange(state, { mode: "7day-average" })))
    : nothing("No waits are posted now", "No ride is open and posts its wait at this moment.", way("The average of seven days", withChange(state, { mode: "7day-average" })));
}

function columns(state) {
  const lead = (mode) => (mode === state.mode ? "lead unit-min" : null);
  return [
    { field: "rank", label: "Rank", cell: (ride) => rank(ride.rank) },
    { field: "ride_name", label: "Ride", isText: true, isRowHeader: true, cell: (ride) => queueTimesLink(ride.ride_name, ride.queue_times_url) },
    { field: "tier", label: "Tier", isText: true, orders: TIER_ORDERS, cell: (ride) => tierBadge(ride.tier) },
    { field: "park_name", label: "Park", isText: true, cell: parkLink },
    { field: "is_currently_open", label: "Open", isText: true, first: "desc", orders: OPEN_ORDERS, cell: (ride) => statusBadge(openWord(ride.is_currently_open)) },
    { field: "current_wait_time", label: "Now", className: lead("live"), cell: (ride) => ride.current_wait_time ?? NOTHING },
    { field: "seven_day_avg_wait_time", label: "7-day avg", className: lead("7day-average"), cell: (ride) => decimal(ride.seven_day_avg_wait_time, 0) },
    { field: "peak_wait_time", label: "7-day peak", className: lead("peak"), cell: (ride) => ride.peak_wait_time ?? NOTHING },
    { field: "trend_percentage", label: "Against avg", cell: (ride) => trend(ride.trend_percentage, { isNeutral: true }) },
    { field: "details", label: "Details", isUnsorted: true, isText: true, cell: (ride) => rideDetails(state, ride.ride_id, ride.ride_name) },
  ];
}

function openWord(isOpen) {
  if (isOpen === null) return "Unknown";
  return isOpen ? "Running" : "Closed"; // not Down: a closed ride need not be broken
}
