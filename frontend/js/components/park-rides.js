// The rides of one park with their status and the figures of the period; sorted here, for all of them are here.

import { h } from "../dom/element.js";
import { minutesOf, minutesText, NOTHING } from "../format/durations.js";
import { plural } from "../format/numbers.js";
import { periodText } from "../format/periods.js";
import { dateText } from "../format/times.js";
import { withChange } from "../router.js";
import { statusSince, tierBadge } from "./badges.js";
import { dataTable, LENGTH_ORDERS, sortOf, STATUS_ORDERS, TIER_ORDERS } from "./data-table.js";
import { fileLink } from "./file-link.js";
import { queueTimesLink, rideDetails } from "./links.js";
import { csvLink } from "./ranked-rows.js";
import { downtimeSoFar, uptimeSoFar } from "./so-far.js";

const KINDS = {
  show: "Shows", meet_and_greet: "Meet and greet", experience: "Walk-throughs and films",
  transport: "Transport", single_rider: "Single-rider lines", other: "Other",
};

const STATUSES = ["Down", "Running", "Closed", "Unknown"];

export function parkRides(state, park, asOf) {
  const counted = park.rides.filter((ride) => ride.is_counted);
  const others = park.rides.filter((ride) => !ride.is_counted);
  const shown = columns(state, park.timezone, asOf);
  const sort = sortBy(state, shown, "downtime_hours");
  return [
    h("section", { "data-key": "park-rides" },
      h("h2", {}, `Rides, ${periodText(state.period)}`),
      dataTable({
        name: "park-rides",
        caption: { what: countedText(counted.length, park.total_rides_tracked), rankedBy: "downtime" },
        columns: shown,
        rows: sorted(counted, sort),
        rowKey: (ride) => ride.ride_id,
        sort,
        after: h("div", { class: "table-foot" }, csvLink("/api/rides/downtime", { period: state.period, park_id: park.park_id }, "rides-of-the-park")),
      })),
    others.length ? otherEntries(state, others, park.timezone, asOf) : null,
  ];
}

/** Rides that left during the period still have figures in it. */
function countedText(shown, tracked) {
  const text = plural(shown, "counted ride", "counted rides");
  return shown > tracked ? `${text} (${shown - tracked} no longer listed)` : text;
}

/** Today a ride that has not opened may still do so. */
export function daysNotOpen({ days_not_operated: days }, period) {
  return days > 0 && period === "today" ? `${days} so far` : (days ?? NOTHING);
}

/** The same for an earlier day; what a ride does now does not belong to it. */
export function ridesOfDay(state, date, day) {
  if (!day?.data.rides.length) return null;
  const rides = day.data.rides.map(({ stretches, ...ride }) => ride);
  const shown = dayColumns(state);
  const sort = sortBy(state, shown, "downtime_minutes");
  return h("section", { "data-key": "day-rides" },
    h("h2", {}, `Rides, ${dateText(date)}`),
    dataTable({
      name: "day-rides",
      caption: { what: plural(rides.length, "counted ride", "counted rides"), rankedBy: "downtime" },
      columns: shown,
      rows: sorted(rides, sort),
      rowKey: (ride) => ride.ride_id,
      sort,
      after: fileLink(rides, `rides-of-${date}`),
    }));
}

/** An address may name a field that this table does not have. */
function sortBy(state, shown, fallback) {
  const isKnown = shown.some((column) => column.field === state.sort && !column.isUnsorted);
  return sortOf(isKnown ? state : { ...state, sort: null }, fallback, "desc", (field, order) => withChange(state, { sort: field, order }));
}

function dayColumns(state) {
  return [
    { field: "ride_name", label: "Ride", isText: true, isRowHeader: true, cell: (ride) => queueTimesLink(ride.ride_name, ride.queue_times_url) },
    { field: "tier", label: "Tier", isText: true, orders: TIER_ORDERS, cell: (ride) => tierBadge(ride.tier) },
    { field: "uptime_minutes", label: "Open", orders: LENGTH_ORDERS, cell: (ride) => (ride.operated === false ? "not open" : minutesText(ride.uptime_minutes)) },
    { field: "downtime_minutes", label: "Downtime", orders: LENGTH_ORDERS, className: "lead", cell: (ride) => downtimeSoFar(ride.downtime_minutes, ride.ongoing_minutes) },
    { field: "uptime_percentage", label: "Uptime", cell: (ride) => uptimeSoFar(ride.uptime_percentage, ride.ongoing_minutes > 0) },
    { field: "outage_count", label: "Outages", cell: (ride) => ride.outage_count ?? NOTHING },
    { field: "longest_outage_minutes", label: "Longest", orders: LENGTH_ORDERS, cell: (ride) => minutesText(ride.longest_outage_minutes) },
    { field: "details", label: "Details", isUnsorted: true, isText: true, cell: (ride) => rideDetails(state, ride.ride_id, ride.ride_name) },
  ];
}

function columns(state, zone, asOf) {
  return [
    { field: "ride_name", label: "Ride", isText: true, isRowHeader: true, cell: (ride) => queueTimesLink(ride.ride_name, ride.queue_times_url) },
    { field: "tier", label: "Tier", isText: true, orders: TIER_ORDERS, cell: (ride) => tierBadge(ride.tier) },
    { field: "current_status", label: "Now", isText: true, orders: STATUS_ORDERS, cell: (ride) => statusSince(ride, zone, asOf) },
    { field: "current_wait_time", label: "Wait, minutes", cell: (ride) => ride.current_wait_time ?? NOTHING },
    { field: "downtime_hours", label: "Downtime", orders: LENGTH_ORDERS, className: "lead", cell: (ride) => downtimeSoFar(minutesOf(ride.downtime_hours), ride.ongoing_minutes) },
    { field: "uptime_percentage", label: "Uptime", cell: (ride) => uptimeSoFar(ride.uptime_percentage, ride.ongoing_minutes > 0) },
    { field: "outage_count", label: "Outages", cell: (ride) => ride.outage_count ?? NOTHING },
    { field: "longest_outage_minutes", label: "Longest", orders: LENGTH_ORDERS, cell: (ride) => minutesText(ride.longest_outage_minutes) },
    { field: "days_not_operated", label: "Days not open", cell: (ride) => daysNotOpen(ride, state.period) },
    { field: "details", label: "Details", isUnsorted: true, isText: true, cell: (ride) => rideDetails(state, ride.ride_id, ride.ride_name) },
  ];
}

/** Nulls last either way, as the API does it. */
function sorted(rides, { field, order }) {
  const sign = order === "asc" ? 1 : -1;
  return rides.toSorted((one, other) => {
    const [a, b] = [one, other].map((ride) => (field === "current_status" ? STATUSES.indexOf(ride[field]) : ride[field]));
    if (a === null || b === null) return (a === null) - (b === null);
    return sign * (typeof a === "string" ? a.localeCompare(b, "en") : a - b);
  });
}

function otherEntries(state, others, zone, asOf) {
  return h(
    "details",
    { class: "others", "data-key": "others" },
    h("summary", {}, `${plural(others.length, "more entry", "more entries")}, not counted`),
    h("p", { class: "quiet" }, "Shows, meetings, transport and the like: their status is shown, their closures are no downtime."),
    h("ul", {}, others.map((entry) => h(
      "li",
      { "data-key": `other-${entry.ride_id}` },
      queueTimesLink(entry.ride_name, entry.queue_times_url),
      h("span", { class: "quiet" }, KINDS[entry.category] ?? "Other"),
      statusSince(entry, zone, asOf),
      rideDetails(state, entry.ride_id, entry.ride_name),
    ))),
  );
}
