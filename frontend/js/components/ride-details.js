// View 7: one ride: its 90 days, its outages in the park's time, and why it has its tier.

import { apiAddress } from "../api-client.js";
import { h } from "../dom/element.js";
import { hoursText, minutesOf, minutesText, NOTHING } from "../format/durations.js";
import { decimal, plural, shareText } from "../format/numbers.js";
import { periodText } from "../format/periods.js";
import { clock, day, localDate, longDate, minutesBetween, zoneName } from "../format/times.js";
import { statusSince, tierBadge, trend } from "./badges.js";
import { facts } from "./facts.js";
import { fileLink } from "./file-link.js";
import { feedLink, parkDetails, parkLink, queueTimesButton } from "./links.js";
import { daysNotOpen } from "./park-rides.js";
import { periodNote } from "./ranked-rows.js";
import { rideDays } from "./ride-days.js";
import { smallTable } from "./small-table.js";
import { downtimeSoFar, soFar, uptimeSoFar } from "./so-far.js";
import { periodSwitch } from "./switches.js";

export const ride = {
  title: (_, answers) => answers?.details.data.ride_name ?? "Ride",
  sentence: (_, answers) => (answers ? `At ${answers.details.data.park_name}. When it was open and when it was down.` : "One ride and its outages."),
  questions: (state) => ({ details: apiAddress(`/api/rides/${state.ride}/details`, { period: state.period }) }),
  switches: (state, answers) => (answers?.details.data.is_counted === false ? [] : [periodSwitch(state)]), // no period has figures of those
  content(state, answers) {
    const { data, last_updated: asOf } = answers.details;
    return [
      h("p", { class: "onward", "data-key": "onward" },
        statusSince(data, data.timezone, asOf),
        tierBadge(data.tier),
        h("span", {}, parkLink(data), " ", parkDetails(state, data.park_id, data.park_name)),
        queueTimesButton("Its wait times at Queue-Times.com", data.queue_times_url)),
      data.is_counted ? periodNote(answers.details) : null,
      h("div", { class: "columns", "data-key": "facts" }, statistics(answers.details), data.is_counted ? lengths(data) : null, about(state, data)),
      data.is_counted ? [rideDays(data), outages(answers.details), edges(answers.details)] : null,
    ];
  },
};

function statistics({ period, data: { statistics: figures, is_counted: isCounted } }) {
  if (!isCounted) return facts("Not counted", [["Why", "It is no ride, or it repeats another entry: its closures are no downtime."]]);
  return facts(`The period: ${periodText(period)}`, [
    ["Downtime", downtimeSoFar(minutesOf(figures.downtime_hours), figures.ongoing_minutes)],
    ["Uptime", uptimeSoFar(figures.uptime_percentage, figures.ongoing_minutes > 0)],
    ["Days open", figures.days_operated ?? NOTHING],
    ["Days not open", daysNotOpen(figures, period)],
    ["Late starts", hoursText(figures.late_start_hours)],
    ["Did not reopen", hoursText(figures.did_not_reopen_hours)],
    ["Opened late otherwise", hoursText(figures.late_opening_hours)],
    ["Closed early otherwise", hoursText(figures.early_close_hours)],
    ["Observed", shareText(figures.coverage_percentage)],
  ]);
}

function lengths({ statistics: figures, back_again: earlier }) {
  return facts("Its outages", [
    ["Outages", figures.outage_count ?? NOTHING],
    figures.ongoing_minutes > 0 ? ["Not reopened yet", soFar(figures.ongoing_minutes)] : null,
    ["Per 100 hours", decimal(figures.outages_per_100_hours, 1)],
    ["Median length", minutesText(figures.median_outage_minutes)],
    ["Nine in ten shorter than", minutesText(figures.p90_outage_minutes)],
    ["Longest", minutesText(figures.longest_outage_minutes)],
    earlier ? [`Of ${earlier.outages} that had lasted ${minutesText(earlier.lasted_minutes)}`, `${earlier.back} were back within ${minutesText(earlier.within_minutes)} more`] : null,
    ["Of it park-wide", hoursText(figures.park_wide_downtime_hours)],
  ]);
}

function about(state, data) {
  return facts("The ride", [
    ["Land", data.land ?? NOTHING],
    ["Posted wait now", data.current_wait_time === null ? NOTHING : minutesText(data.current_wait_time)],
    ["Tier", data.tier_label ?? "Not placed yet, counted as Tier 2"],
    ["Why this tier", data.tier_reason ?? "Nobody has placed it yet"],
    ["Usually open", data.usual_opening && data.usual_closing ? `${data.usual_opening} to ${data.usual_closing}` : NOTHING],
    data.not_operated_since ? ["Not open since", longDate(data.not_operated_since)] : null,
    ["Watched since", longDate(localDate(data.tracking_since, data.timezone))],
    data.is_counted ? ["What happens", feedLink(state, data.ride_name)] : null,
  ]);
}

function outages({ period, days_with_data: days, last_updated: asOf, data: { outages: list, timezone, statistics: figures } }) {
  const heading = h("h2", {}, `Outages, ${periodText(period)}`);
  if (list.length === 0) {
    return h("section", { "data-key": "outages" }, heading, h("p", { class: "quiet" }, days ? "None was seen in this period." : "Nothing has been observed in this period yet."));
  }
  return h("section", { "data-key": "outages" }, heading,
    h("p", { class: "quiet" }, "Against the period before: ", trend(figures.trend_percentage), "."),
    smallTable({
      caption: `${plural(list.length, "closure", "closures")}, newest first, in ${zoneName(list[0].started_at, timezone)}`,
      heads: [["Day"], ["From", true], ["To", true], ["Length", true], ["Note"]],
      rows: list.map((outage) => [
        day(outage.started_at, timezone),
        clock(outage.started_at, timezone),
        outage.ended_at ? clock(outage.ended_at, timezone) : "not reopened",
        outage.ongoing ? soFar(outage.minutes) ?? "just now" : minutesText(outage.minutes),
        noteOf(outage, asOf),
      ]),
    }),
    fileLink(list, "outages-of-the-ride"));
}

/** What lies beyond the ride's own habit stands beside its downtime, and only where there is some. */
function edges({ period, data: { edges: list, timezone, usual_opening: opening, usual_closing: closing } }) {
  if (list.length === 0) return null;
  return h("section", { "data-key": "edges" },
    h("h2", {}, `At the edges of its days, ${periodText(period)}`),
    h("p", { class: "quiet" }, "Later open or earlier closed than it usually is. Beside the downtime, never in it."),
    h("ul", { role: "list" }, list.map((edge) => h("li", {}, `${day(edge.started_at, timezone)}: ${edgeText(edge, timezone, opening, closing)}`))));
}

function edgeText({ kind, started_at: start, due_at: due, ended_at: end, minutes }, timezone, opening, closing) {
  return kind === "late_start"
    ? `opened at ${clock(end, timezone)}, ${minutesText(minutes)} later than usual${opening ? ` (usually ${opening})` : ""}`
    : `did not reopen after ${clock(start, timezone)}, ${minutesText(minutes)} before it was due to close at ${clock(due, timezone)}${closing ? ` (usually ${closing})` : ""}`;
}

/** A length is closed time that was observed while the park ran: what lies between the ends beside it is told. */
function noteOf({ started_at: start, ended_at: end, minutes, ongoing, park_wide: isParkWide, is_incident: isIncident }, asOf) {
  const beside = minutesBetween(start, end ?? asOf) - minutes;
  return [
    ongoing ? "not judged yet" : null,
    isParkWide ? "with many others" : null,
    isIncident || ongoing ? null : "too short to count as an outage",
    beside >= 1 ? `${minutesText(beside)} of it not observed, or the park stopped` : null,
  ].filter(Boolean).join(", ");
}
