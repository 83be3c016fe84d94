// View 6: one park: its facts, its day as a picture, its rides and the hours of its week.

import { apiAddress } from "../api-client.js";
import { h } from "../dom/element.js";
import { hoursText, minutesText, NOTHING, spoken } from "../format/durations.js";
import { percent, plural } from "../format/numbers.js";
import { clock, dateText, day, longDate, localDate, zoneName } from "../format/times.js";
import { facts, periodDays } from "./facts.js";
import { fileLink } from "./file-link.js";
import { queueTimesButton } from "./links.js";
import { parkDay } from "./park-day.js";
import { parkRides } from "./park-rides.js";
import { smallTable } from "./small-table.js";
import { periodSwitch } from "./switches.js";

export const park = {
  title: (_, answers) => answers?.details.data.name ?? "Park",
  sentence: (_, answers) => (answers ? sentence(answers.details.data) : "One park, its day and its rides."),
  questions: (state) => ({
    details: apiAddress(`/api/parks/${state.park}/details`, { period: state.period }),
    day: apiAddress(`/api/parks/${state.park}/timeline`, { date: state.date }),
  }),
  optional: ["day"],
  switches: (state) => [periodSwitch(state)],
  content(state, answers, now) {
    const { data } = answers.details;
    return [
      h("p", { class: "onward", "data-key": "onward" }, queueTimesButton("Wait times and crowds at Queue-Times.com", data.queue_times_url)),
      h("div", { class: "columns", "data-key": "facts" }, status(data, now), statistics(data), place(data)),
      parkDay(state, data, answers.day),
      parkRides(state, data, now),
      sessions(data),
    ];
  },
};

function sentence({ location }) {
  const place = [location.city, location.state, location.country].filter(Boolean).join(", ");
  return place ? `${place}. When its rides were open, down or closed.` : "When its rides were open, down or closed.";
}

function status({ current_status: now, timezone }, clockNow) {
  const title = { true: "Running now", false: "Closed now", null: "Not known now" }[now.is_open_now];
  const ago = now.last_active_at ? spoken((clockNow - new Date(now.last_active_at)) / 60000) : null;
  return facts(title, [
    now.is_open_now === false ? ["Last seen running", ago ? `${day(now.last_active_at, timezone)}, ${clock(now.last_active_at, timezone)} ${zoneName(now.last_active_at, timezone)}` : "Not yet"] : null,
    ["Rides open", now.rides_open ?? NOTHING],
    ["Rides down", now.rides_down ?? NOTHING],
    ["Rides closed", now.rides_closed ?? NOTHING],
    now.rides_unknown ? ["Rides unknown", now.rides_unknown] : null,
    ["Average wait", now.avg_wait_time === null ? NOTHING : `${Math.round(now.avg_wait_time)} min`],
    ["Longest wait", now.max_wait_time === null ? NOTHING : `${now.max_wait_time} min`],
  ]);
}

function statistics({ statistics: figures }) {
  return facts(`The period: ${periodDays(figures.period)}`, [
    ["Downtime", hoursText(figures.total_downtime_hours)],
    figures.park_wide_downtime_hours > 0 ? ["Of it park-wide", hoursText(figures.park_wide_downtime_hours)] : null,
    figures.ongoing_hours > 0 ? ["Ongoing, not yet judged", hoursText(figures.ongoing_hours)] : null,
    ["Uptime", percent(figures.avg_uptime_percentage)],
    ["Outages", figures.outage_count ?? NOTHING],
    ["Rides with downtime", figures.rides_with_downtime ?? NOTHING],
    figures.park_stop_hours > 0 ? ["Park itself stopped", hoursText(figures.park_stop_hours)] : null,
    ["Observed", percent(figures.coverage_percentage, 0)],
    figures.days_with_data < figures.period_days ? ["Days observed", `${figures.days_with_data} of ${figures.period_days}`] : null,
  ]);
}

function place({ operator, timezone, tracking_since: since, total_rides_tracked: rides, tier_distribution: tiers }) {
  return facts("The park", [
    ["Operator", operator ?? "Not known"],
    ["Time zone", timezone.replaceAll("_", " ")],
    ["Watched since", longDate(localDate(since, timezone))],
    ["Rides counted", rides],
    ["Major, standard, minor", `${tiers.tier1_count}, ${tiers.tier2_count}, ${tiers.tier3_count}`],
  ]);
}

function sessions({ operating_sessions: sessions, timezone, current_status: now }) {
  const heading = h("h2", {}, "When it ran this week");
  if (sessions.length === 0) {
    return h("section", { "data-key": "sessions" }, heading, h("p", { class: "quiet" }, "The park was not seen running in the last seven days."));
  }
  const zone = zoneName(sessions[0].started_at, timezone);
  return h("section", { "data-key": "sessions" }, heading, smallTable({
    caption: `${plural(sessions.length, "session", "sessions")} as we saw them, in ${zone}. A park may say other hours.`,
    heads: [["Day"], ["From", true], ["To", true], ["Stopped", true], ["Not observed", true]],
    rows: sessions.map((session) => [
      dateText(session.local_date),
      clock(session.started_at, timezone),
      endOf(session, timezone, now.is_open_now),
      session.park_stop_minutes ? minutesText(session.park_stop_minutes) : NOTHING,
      session.unknown_minutes ? minutesText(session.unknown_minutes) : NOTHING,
    ]),
  }), fileLink(sessions, "sessions-of-the-park"));
}

/** A session is open for three hours after the park was last seen running. */
function endOf({ ended_at: end, last_running_at: last }, timezone, isOpenNow) {
  if (end) return clock(end, timezone);
  return isOpenNow === false ? `${clock(last, timezone)}, so far` : "still running";
}
