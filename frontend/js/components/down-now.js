// View 5: what is down this minute, longest first, or park by park.

import { apiAddress } from "../api-client.js";
import { h } from "../dom/element.js";
import { NOTHING } from "../format/durations.js";
import { percent, plural } from "../format/numbers.js";
import { clockWithZone } from "../format/times.js";
import { toView, withChange } from "../router.js";
import { downFor, rank, tierBadge } from "./badges.js";
import { dataTable, LENGTH_ORDERS, sortOf, TIER_ORDERS, TIME_ORDERS } from "./data-table.js";
import { figuresNowAddress, headFigures } from "./head-figures.js";
import { parkDetails, parkLink, queueTimesLink, rideDetails } from "./links.js";
import { csvLink } from "./ranked-rows.js";
import { nothing, noRows, way } from "./states.js";
import { choice, filterSwitch, GROUPS } from "./switches.js";

const PATH = "/api/now";

export const downNow = {
  title: () => "Down now",
  sentence: () => "Rides that were open, closed while their park runs, and may well be back today.",
  questions: (state) => ({
    figures: figuresNowAddress(state),
    now: apiAddress(PATH, { filter: state.filter, sort: state.sort, order: state.sort ? (state.order ?? "asc") : null }),
  }),
  switches: (state) => [choice(state, "group", "Order", GROUPS), filterSwitch(state)],
  content,
};

function content(state, answers) {
  const { data: rows, stale, last_updated: lastUpdated } = answers.now;
  const figures = headFigures(state, answers.figures);
  if (rows.length === 0) {
    const ranking = way("Which rides were down today", toView(state, "rides", { period: "today" }));
    const { total_parks_tracked: parks, currently_down_rides: down } = answers.figures.aggregate_stats;
    if (!lastUpdated || parks === 0) return [figures, noRows(state, "readings", answers.now)];
    if (stale) return [figures, nothing("We cannot see what is down", "No readings have arrived for a while. The list comes back with them.", ranking)];
    return [figures, down === null
      ? nothing("No park is known to run", "Of no park is it known at this moment what its rides do.", ranking)
      : nothing("Nothing is down", "No ride that has opened in a running park is down at this moment.", ranking)];
  }
  const table = (name, what, part, isGrouped) => dataTable({
    name,
    className: isGrouped ? "aligned" : "",
    caption: { what, rankedBy: "length", first: "longest first" },
    columns: columns(state, isGrouped),
    rows: part,
    rowKey: (ride) => ride.ride_id,
    sort: sortOf(state, "rank", "asc", (sort, order) => withChange(state, { sort, order })),
  });
  const tables = state.group === "park"
    ? byPark(rows).map(([park, part]) => h("section", { "data-key": `park-${park.park_id}` },
        h("h2", {}, parkLink(park), " ", parkDetails(state, park.park_id, park.park_name)),
        table(`now-${park.park_id}`, `${plural(part.length, "ride", "rides")} down in ${park.park_name}`, part, true)))
    : table("now", `${plural(rows.length, "ride", "rides")} down now`, rows, false);
  return [figures, tables, h("div", { class: "table-foot", "data-key": "foot" }, csvLink(PATH, { filter: state.filter }, "down-now"))].flat();
}

/** Parks in the order of their first row, so that the longest stop leads. */
function byPark(rows) {
  const parts = new Map();
  for (const ride of rows) parts.set(ride.park_id, [...(parts.get(ride.park_id) ?? []), ride]);
  return [...parts.values()].map((part) => [part[0], part]);
}

function columns(state, isGrouped) {
  return [
    { field: "rank", label: "Rank", cell: (ride) => rank(ride.rank) },
    { field: "ride_name", label: "Ride", isText: true, isRowHeader: true, cell: (ride) => queueTimesLink(ride.ride_name, ride.queue_times_url) },
    { field: "tier", label: "Tier", isText: true, orders: TIER_ORDERS, cell: (ride) => tierBadge(ride.tier) },
    isGrouped ? null : { field: "park_name", label: "Park", isText: true, cell: parkLink },
    { field: "minutes", label: "Down for", orders: LENGTH_ORDERS, className: "down-for lead", cell: (ride) => downFor(ride.minutes) },
    { field: "down_since", label: "Since", orders: TIME_ORDERS, cell: (ride) => clockWithZone(ride.down_since, ride.timezone) },
    { field: "back_today_percentage", label: "Back today", cell: (ride) => percent(ride.back_today_percentage, 0) },
    { field: "last_wait_time", label: "Last wait, minutes", cell: (ride) => ride.last_wait_time ?? NOTHING },
    { field: "details", label: "Details", isUnsorted: true, isText: true, cell: (ride) => rideDetails(state, ride.ride_id, ride.ride_name) },
  ].filter(Boolean);
}
