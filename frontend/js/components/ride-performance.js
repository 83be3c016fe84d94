// View 2: rides by downtime, with what they do now.

import { h } from "../dom/element.js";
import { hoursText, minutesOf, minutesText, NOTHING } from "../format/durations.js";
import { withChange } from "../router.js";
import { rank, statusSince, tierBadge, trend } from "./badges.js";
import { dataTable, LENGTH_ORDERS, sortOf, STATUS_ORDERS, TIER_ORDERS } from "./data-table.js";
import { figuresAddress, headFigures } from "./head-figures.js";
import { parkLink, queueTimesLink, rideDetails } from "./links.js";
import { csvLink, gatherRows, periodNote, rowQuestions, tableFoot } from "./ranked-rows.js";
import { downtimeSoFar } from "./so-far.js";
import { noRows } from "./states.js";
import { choice, filterSwitch, PARK_WIDE, periodSwitch } from "./switches.js";

const PATH = "/api/rides/downtime";
const PAGE = 100;

const parameters = ({ period, filter, park_wide }) => ({ period, filter, park_wide });

export const rides = {
  title: () => "Rides",
  sentence: () => "Which rides were down longest while their park was running, and what they do now.",
  questions: (state) => ({ figures: figuresAddress(state), ...rowQuestions(state, PATH, parameters(state), PAGE) }),
  switches: (state) => [periodSwitch(state), filterSwitch(state), choice(state, "park_wide", "Stops of the whole park", PARK_WIDE)],
  content,
};

function content(state, answers) {
  const { rows, total, first } = gatherRows(answers);
  const figures = headFigures(state, answers.figures);
  if (rows.length === 0) return [figures, noRows(state, "rides", first)];
  return [
    figures,
    periodNote(first),
    dataTable({
      name: "rides",
      caption: { what: "Rides", rankedBy: "downtime", first: "longest first" },
      columns: columns(state, first.last_updated),
      rows,
      rowKey: (ride) => ride.ride_id,
      sort: sortOf(state, "rank", "asc", (sort, order) => withChange(state, { sort, order })),
      after: tableFoot(state, {
        shown: rows.length, total, pageSize: PAGE, one: "ride", many: "rides",
        csv: csvLink(PATH, parameters(state), "rides"),
      }),
    }),
  ];
}

function columns(state, asOf) {
  return [
    { field: "rank", label: "Rank", cell: (ride) => rank(ride.rank, ride.rank_low, ride.rank_high) },
    { field: "ride_name", label: "Ride", isText: true, isRowHeader: true, cell: (ride) => queueTimesLink(ride.ride_name, ride.queue_times_url) },
    { field: "tier", label: "Tier", isText: true, orders: TIER_ORDERS, cell: (ride) => tierBadge(ride.tier) },
    { field: "park_name", label: "Park", isText: true, cell: parkLink },
    { field: "current_status", label: "Now", isText: true, orders: STATUS_ORDERS, cell: (ride) => statusSince(ride, ride.timezone, asOf) },
    { field: "downtime_hours", label: "Downtime", orders: LENGTH_ORDERS, className: "lead", cell: (ride) => downtimeSoFar(minutesOf(ride.downtime_hours), ride.ongoing_minutes) },
    { field: "outage_count", label: "Outages", cell: (ride) => ride.outage_count ?? NOTHING },
    { field: "longest_outage_minutes", label: "Longest", orders: LENGTH_ORDERS, cell: (ride) => minutesText(ride.longest_outage_minutes) },
    { field: "seven_day_avg_downtime_hours", label: "7-day avg", orders: LENGTH_ORDERS, cell: (ride) => hoursText(ride.seven_day_avg_downtime_hours) },
    { field: "trend_percentage", label: "Trend", cell: (ride) => trend(ride.trend_percentage) },
    { field: "details", label: "Details", isUnsorted: true, isText: true, cell: (ride) => rideDetails(state, ride.ride_id, ride.ride_name) },
  ];
}
