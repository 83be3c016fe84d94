// View 6: one park: its facts, its day as a picture, its rides and the hours of its week.

import { apiAddress } from "../api-client.js";
import { h } from "../dom/element.js";
import { agoText, minutesText, NOTHING } from "../format/durations.js";
import { plural } from "../format/numbers.js";
import { periodText } from "../format/periods.js";
import { clock, dateText, day, longDate, localDate, minutesBetween, zoneName } from "../format/times.js";
import { facts } from "./facts.js";
import { fileLink } from "./file-link.js";
import { feedLink, queueTimesButton } from "./links.js";
import { dayOrPeriod, earlierDay } from "./park-choice.js";
import { parkDay } from "./park-day.js";
import { dayFigures, periodFigures } from "./park-figures.js";
import { parkRides, ridesOfDay } from "./park-rides.js";
import { smallTable } from "./small-table.js";

export const park = {
  title: (_, answers) => answers?.details.data.name ?? "Park",
  sentence: (_, answers) => (answers ? sentence(answers.details.data) : "One park, its day and its rides."),
  questions: (state) => ({
    details: apiAddress(`/api/parks/${state.park}/details`, { period: state.period }),
    day: apiAddress(`/api/parks/${state.park}/timeline`, { date: state.date }),
  }),
  optional: ["day"],
  switches: (state, answers) => [dayOrPeriod(state, answers)],
  content(state, answers) {
    const { data, last_updated: asOf } = answers.details;
    const date = earlierDay(state, data);
    return [
      h("p", { class: "onward", "data-key": "onward" }, queueTimesButton("Wait times and crowds at Queue-Times.com", data.queue_times_url)),
      ...data.feed.map((doubt) => feed(doubt, data.timezone)),
      h("div", { class: "columns", "data-key": "facts" }, status(data), date ? dayFigures(date, answers.day) : periodFigures(data), place(state, data, openedOn(state, date, answers))),
      parkDay(state, data, answers.day),
      date ? ridesOfDay(state, date, answers.day) : parkRides(state, data, asOf),
      sessions(data),
    ];
  },
};

function sentence({ location }) {
  const place = [location.city, location.state, location.country].filter(Boolean).join(", ");
  return place ? `${place}. When its rides were open, down or closed.` : "When its rides were open, down or closed.";
}

function status({ current_status: now, timezone }) {
  const title = { true: "Running now", false: "Closed now", null: "Not known now" }[now.is_open_now];
  return facts(title, [
    now.is_open_now === false ? ["Last seen running", lastSeen(now, timezone)] : null,
    ["Rides open", now.rides_open ?? NOTHING],
    ["Rides down", now.rides_down ?? NOTHING],
    ["Rides closed", now.rides_closed ?? NOTHING],
    now.rides_unknown ? ["Rides unknown", now.rides_unknown] : null,
    ["Average wait", now.avg_wait_time === null ? NOTHING : minutesText(now.avg_wait_time)],
    ["Longest wait", now.max_wait_time === null ? NOTHING : minutesText(now.max_wait_time)],
  ]);
}

const STAMPS_OFF_MINUTES = 30;

/** What the park's feed does that is not believed. */
function feed({ standing_still_since: since, stamp_offset_minutes: offset, listed_missing: missing }, timezone) {
  const isOff = offset !== null && Math.abs(offset) > STAMPS_OFF_MINUTES;
  return h("p", { class: "note", "data-key": "feed" }, [
    since ? `Its feed has stood still since ${clock(since, timezone)} ${zoneName(since, timezone)}: what its rides do is not known until it moves again.` : null,
    isOff && !since ? `Its time stamps lie ${minutesText(Math.abs(offset))} ${offset < 0 ? "behind" : "ahead"}; they are believed while they move.` : null,
    missing ? `${plural(missing, "of its rides is", "of its rides are")} missing from its list.` : null,
  ].filter(Boolean).join(" "));
}

function lastSeen({ last_active_at: last, as_of: asOf }, timezone) {
  if (!last) return "Not yet";
  return `${day(last, timezone)}, ${clock(last, timezone)} ${zoneName(last, timezone)}, ${agoText(minutesBetween(last, asOf))} ago`;
}

/** When, and how many rides of each tier opened then: only those weigh in the score. Null where it is not known. */
function openedOn(state, date, { details, day: answer }) {
  if (!date) {
    const { tier1_count: major, tier2_count: standard, tier3_count: minor } = details.data.tier_distribution;
    return [periodText(state.period), [major, standard, minor]];
  }
  if (!answer) return null;
  const opened = answer.data.rides.filter((ride) => ride.operated);
  return [dateText(date), [1, 2, 3].map((tier) => opened.filter((ride) => (ride.tier ?? 2) === tier).length)];
}

function place(state, { name, operator, timezone, tracking_since: since, total_rides_tracked: rides }, openedThen) {
  const [when, tiers] = openedThen ?? [null, []];
  const opened = tiers.reduce((sum, count) => sum + count, 0);
  return facts("The park", [
    ["Operator", operator ?? "Not known"],
    ["Time zone", timezone.replaceAll("_", " ")],
    ["Watched since", longDate(localDate(since, timezone))],
    ["Rides counted", rides],
    when ? [`Of them opened, ${when}`, opened] : null,
    opened ? ["Of those major, standard, minor", tiers.join(", ")] : null,
    ["What happens", feedLink(state, name)],
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
