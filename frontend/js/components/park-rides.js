// The rides of one park with their status and the figures of the period; sorted here, for all of them are here.

import { h } from "../dom/element.js";
import { hoursText, minutesText, NOTHING } from "../format/durations.js";
import { percent } from "../format/numbers.js";
import { withChange } from "../router.js";
import { statusSince, tierBadge } from "./badges.js";
import { dataTable, sortOf } from "./data-table.js";
import { queueTimesLink, rideDetails } from "./links.js";
import { csvLink } from "./ranked-rows.js";

const KINDS = {
  show: "Shows", meet_and_greet: "Meet and greet", experience: "Walk-throughs and films",
  transport: "Transport", single_rider: "Single-rider lines", other: "Other",
};

export function parkRides(state, park, now) {
  const counted = park.rides.filter((ride) => ride.is_counted);
  const others = park.rides.filter((ride) => !ride.is_counted);
  const sort = sortOf(state, "downtime_hours", "desc", (field, order) => withChange(state, { sort: field, order }));
  return [
    h("section", { "data-key": "park-rides" },
      h("h2", {}, "Rides"),
      dataTable({
        name: "park-rides",
        caption: { what: `${counted.length} counted rides`, rankedBy: "downtime" },
        columns: columns(state, park.timezone, now),
        rows: sorted(counted, sort),
        rowKey: (ride) => ride.ride_id,
        sort,
        after: h("div", { class: "table-foot" }, csvLink("/api/rides/downtime", { period: state.period, park_id: park.park_id }, "rides-of-the-park")),
      })),
    others.length ? otherEntries(state, others, park.timezone, now) : null,
  ];
}

function columns(state, zone, now) {
  return [
    { field: "ride_name", label: "Ride", isText: true, isRowHeader: true, cell: (ride) => queueTimesLink(ride.ride_name, ride.queue_times_url) },
    { field: "tier", label: "Tier", isText: true, cell: (ride) => tierBadge(ride.tier) },
    { field: "current_status", label: "Now", isText: true, cell: (ride) => statusSince(ride.current_status, ride.down_since, zone, now) },
    { field: "current_wait_time", label: "Wait, min", cell: (ride) => ride.current_wait_time ?? NOTHING },
    { field: "downtime_hours", label: "Downtime", className: "lead", cell: (ride) => h("span", { class: "amount" }, hoursText(ride.downtime_hours)) },
    { field: "uptime_percentage", label: "Uptime", cell: (ride) => percent(ride.uptime_percentage) },
    { field: "outage_count", label: "Outages", cell: (ride) => ride.outage_count ?? NOTHING },
    { field: "longest_outage_minutes", label: "Longest", cell: (ride) => minutesText(ride.longest_outage_minutes) },
    { field: "days_not_operated", label: "Days not open", cell: (ride) => ride.days_not_operated ?? NOTHING },
    { field: "details", label: "Details", isUnsorted: true, isText: true, cell: (ride) => rideDetails(state, ride.ride_id, ride.ride_name) },
  ];
}

/** Nulls last either way, as the API does it. */
function sorted(rides, { field, order }) {
  const sign = order === "asc" ? 1 : -1;
  return rides.toSorted((one, other) => {
    const [a, b] = [one[field], other[field]];
    if (a === null || b === null) return (a === null) - (b === null);
    return sign * (typeof a === "string" ? a.localeCompare(b, "en") : a - b);
  });
}

function otherEntries(state, others, zone, now) {
  return h(
    "details",
    { class: "others", "data-key": "others" },
    h("summary", {}, `${others.length} more entries that are not counted`),
    h("p", { class: "quiet" }, "Shows, meetings, transport and the like: their status is shown, their closures are no downtime."),
    h("ul", {}, others.map((entry) => h(
      "li",
      { "data-key": `other-${entry.ride_id}` },
      queueTimesLink(entry.ride_name, entry.queue_times_url),
      h("span", { class: "quiet" }, KINDS[entry.category] ?? "Other"),
      statusSince(entry.current_status, entry.down_since, zone, now),
      rideDetails(state, entry.ride_id, entry.ride_name),
    ))),
  );
}
