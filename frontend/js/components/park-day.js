// A day of a park as a picture: one row per ride, from opening to closing, told by pattern as much as by tone.

import { h, unseen } from "../dom/element.js";
import { minutesText } from "../format/durations.js";
import { clock, dateText, minutesBetween, zoneName } from "../format/times.js";
import { withChange } from "../router.js";
import { todayOf } from "./park-choice.js";
import { queueTimesLink, rideDetails } from "./links.js";

export const KINDS = {
  open: "open", outage: "down", ongoing: "closed, not reopened yet", late_start: "late start", late_opening: "opened late",
  did_not_reopen: "did not reopen",
  early_close: "closed early", did_not_operate: "not open that day", park_stop: "park stopped", unknown: "not observed",
};
const HOUR = 3600000;

export function parkDay(state, park, answer) {
  if (state.period !== "today") return oneDayOnly(state);
  const data = answer?.data ?? null;
  const today = todayOf(park);
  const date = data?.date ?? state.date ?? today;
  return h(
    "section",
    { class: "day", "data-key": "day" },
    h("h2", {}, date ? `The day in a picture: ${date === today ? `${dateText(date)}, so far` : dateText(date)}` : "The day in a picture"),
    data === null ? notKept(state, park) : picture(state, data, answer.last_updated),
  );
}

/** The table below is of several days then; a picture of one of them would not belong to it. */
function oneDayOnly(state) {
  return h("section", { class: "day", "data-key": "day" }, h("h2", {}, "A day in a picture"),
    h("p", { class: "quiet" }, "A picture shows one day. ", h("a", { href: withChange(state, { period: "today", date: null }) }, "Show today"), ", or choose a day above."));
}

function notKept(state, { first_timeline_date: first, ...park }) {
  if (!first) return h("p", { class: "quiet" }, "No day has been recorded yet.");
  const isAhead = state.date > todayOf(park);
  return h("p", { class: "quiet" },
    isAhead ? "This day has not begun there. " : `This day is not kept ride by ride. The first that is: ${dateText(first)}. `,
    h("a", { href: withChange(state, { date: isAhead ? null : first }) }, isAhead ? "Show today" : "Show that day"), ".");
}

function picture(state, data, asOf) {
  const isToday = data.date === data.last_date;
  if (data.sessions.length === 0) return h("p", { class: "quiet" }, isToday ? "The park has not been seen running today so far." : "The park was not seen running on this day.");
  if (data.rides.length === 0) return h("p", { class: "quiet" }, isToday ? "No ride of it has been seen today so far." : "No ride of it was seen on this day.");
  const span = spanOf(data, asOf);
  const zone = data.timezone;
  return [
    key(isToday),
    h(
      "div",
      { class: "day-picture" },
      h("div", { class: "day-axis", "aria-hidden": "true" }, h("span", { class: "day-zone" }, zoneName(span.start, zone)),
        h("div", { class: "day-hours" }, hours(span).map((instant) =>
          h("span", { vars: { "--at": at(span, instant) } }, clock(instant, zone))))),
      h("ul", { role: "list" }, data.rides.map((ride) => rideRow(state, ride, span, zone, isToday))),
      h("div", { class: "day-marks", "aria-hidden": "true" }, h("div", {},
        data.park_stops.map((stop) => mark("day-stop", span, stop)),
        data.park_wide_spans.map((wide) => mark("day-wide", span, wide)),
        isToday && asOf ? h("span", { class: "day-now", vars: { "--at": at(span, asOf) } }, "now") : null)),
    ),
    unseen(parkStops(data, zone)),
  ];
}

function parkStops({ park_stops: stops, park_wide_spans: wide }, zone) {
  const list = (spans) => spans.map((span) => `${clock(span.started_at, zone)} to ${clock(span.ended_at, zone)}`).join(", ");
  return `${stops.length ? `The park itself stopped: ${list(stops)}. ` : ""}${wide.length ? `Many rides were down together: ${list(wide)}.` : ""}`;
}

/** From the first opening to the last closing, whole hours, inside the local day. */
function spanOf({ sessions, rides, day_started_at: dayStart, day_ended_at: dayEnd }, asOf) {
  const ends = rides.flatMap((ride) => ride.stretches.map((stretch) => Date.parse(stretch.ended_at)));
  const starts = sessions.map((session) => Date.parse(session.started_at));
  const start = Math.max(Math.floor(Math.min(...starts) / HOUR) * HOUR, Date.parse(dayStart));
  const latest = Math.max(...ends, sessions.some((session) => !session.ended_at) ? Date.parse(asOf) : 0);
  const end = Math.min(Math.ceil(latest / HOUR) * HOUR, Date.parse(dayEnd));
  return { start, end: Math.max(end, start + HOUR) };
}

function at(span, instant) {
  const share = (Math.min(Math.max(new Date(instant), span.start), span.end) - span.start) / (span.end - span.start);
  return `${(share * 100).toFixed(2)}%`;
}

function hours(span) {
  const total = (span.end - span.start) / HOUR;
  const step = total > 16 ? 3 : total > 7 ? 2 : 1;
  return Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => span.start + index * step * HOUR).filter((instant) => instant < span.end);
}

function place(span, { started_at: start, ended_at: end }) {
  return { "--at": at(span, start), "--to": at(span, end) };
}

function mark(className, span, stretch) {
  return h("span", { class: className, vars: place(span, stretch) });
}

function rideRow(state, ride, span, zone, isToday) {
  return h(
    "li",
    { "data-key": `day-${ride.ride_id}` },
    h("div", { class: "day-name" }, queueTimesLink(ride.ride_name, ride.queue_times_url), rideDetails(state, ride.ride_id, ride.ride_name)),
    h("div", { class: "strip", role: "img", "aria-label": `${ride.ride_name}: ${inWords(ride.stretches, zone, isToday)}` },
      ride.stretches.map((stretch) => h("span", {
        class: `stretch stretch-${stretch.kind.replaceAll("_", "-")}`,
        title: `${stretchText(stretch, zone, isToday)}${stretch.park_wide ? ", with many others" : ""}`,
        vars: place(span, stretch),
      }))),
  );
}

function stretchText({ kind, started_at: start, ended_at: end }, zone, isToday) {
  const isOpenEnded = isToday && (kind === "ongoing" || kind === "did_not_operate");
  return `${kindText(kind, isToday)} ${clock(start, zone)} to ${clock(end, zone)}, ${minutesText(minutesBetween(start, end))}${isOpenEnded ? " so far" : ""}`;
}

/** A ride that has not opened today may still do so. */
function kindText(kind, isToday) {
  return isToday && kind === "did_not_operate" ? "not open yet" : KINDS[kind];
}

function inWords(stretches, zone, isToday) {
  return stretches.map((stretch) => stretchText(stretch, zone, isToday)).join("; ");
}

function key(isToday) {
  const words = { open: "Open", outage: "Down", ongoing: "Not reopened yet", "late-start": "Late start", "late-opening": "Opened late", "did-not-reopen": "Did not reopen", "early-close": "Closed early", "did-not-operate": isToday ? "Not open yet" : "Not open that day", unknown: "Not observed", "park-stop": "Park stopped" };
  return h("ul", { class: "key", role: "list", "aria-label": "Key" }, Object.entries(words).map(([kind, word]) =>
    h("li", {}, h("span", { class: `stretch stretch-${kind}` }), word)), h("li", {}, h("span", { class: "stretch day-wide" }), "Many down together"));
}
