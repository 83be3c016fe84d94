// A day of a park as a picture: one row per ride, from opening to closing, told by pattern as much as by tone.

import { h, unseen } from "../dom/element.js";
import { spoken } from "../format/durations.js";
import { clock, dateText, minutesBetween, shiftDate, zoneName } from "../format/times.js";
import { withChange } from "../router.js";
import { queueTimesLink, rideDetails } from "./links.js";

export const KINDS = {
  open: "open", outage: "down", ongoing: "closed, not reopened yet", late_opening: "opened late",
  early_close: "closed early", did_not_operate: "not open that day", park_stop: "park stopped", unknown: "not observed",
};
const HOUR = 3600000;

export function parkDay(state, park, answer) {
  const data = answer?.data ?? null;
  const date = data?.date ?? state.date;
  return h(
    "section",
    { class: "day", "data-key": "day" },
    h("h2", {}, date ? `The day in a picture: ${dateText(date)}` : "The day in a picture"),
    dayChoice(state, data, park),
    data === null ? h("p", { class: "quiet" }, notKept(park)) : picture(state, data, answer.last_updated),
  );
}

function notKept({ first_timeline_date: first }) {
  return first ? `This day is not kept stretch by stretch. The first that is: ${dateText(first)}.` : "No day has been recorded yet.";
}

function dayChoice(state, data, park) {
  const first = data?.first_date ?? park.first_timeline_date;
  const last = data?.last_date;
  const shown = data?.date ?? state.date;
  if (!first || !last || first === last) return null;
  const days = [];
  for (let date = last; date >= first && days.length < 14; date = shiftDate(date, -1)) days.push(date);
  return h("ul", { class: "choice days", role: "list", "aria-label": "Day" }, days.reverse().map((date) => h("li", {}, h(
    "a",
    { href: withChange(state, { date: date === last ? null : date, sort: state.sort }), "aria-current": date === shown ? "true" : null, "data-announce": dateText(date) },
    date === last ? "Today" : dateText(date),
  ))));
}

function picture(state, data, asOf) {
  if (data.sessions.length === 0) return h("p", { class: "quiet" }, "The park was not seen running on this day.");
  if (data.rides.length === 0) return h("p", { class: "quiet" }, "No ride has anything to show for this day yet.");
  const span = spanOf(data, asOf);
  const zone = data.timezone;
  const isToday = data.date === data.last_date;
  return [
    key(),
    h(
      "div",
      { class: "day-picture" },
      h("div", { class: "day-axis", "aria-hidden": "true" }, h("span", { class: "day-zone" }, zoneName(span.start, zone)),
        h("div", { class: "day-hours" }, hours(span).map((instant) =>
          h("span", { vars: { "--at": at(span, instant) } }, clock(instant, zone))))),
      h("ul", { role: "list" }, data.rides.map((ride) => rideRow(state, ride, span, zone))),
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

function rideRow(state, ride, span, zone) {
  return h(
    "li",
    { "data-key": `day-${ride.ride_id}` },
    h("div", { class: "day-name" }, queueTimesLink(ride.ride_name, ride.queue_times_url), rideDetails(state, ride.ride_id, ride.ride_name)),
    h("div", { class: "strip", role: "img", "aria-label": `${ride.ride_name}: ${inWords(ride.stretches, zone)}` },
      ride.stretches.map((stretch) => h("span", {
        class: `stretch stretch-${stretch.kind.replaceAll("_", "-")}`,
        title: `${stretchText(stretch, zone)}${stretch.park_wide ? ", with many others" : ""}`,
        vars: place(span, stretch),
      }))),
  );
}

function stretchText({ kind, started_at: start, ended_at: end }, zone) {
  return `${KINDS[kind]} ${clock(start, zone)} to ${clock(end, zone)}, ${spoken(minutesBetween(start, end))}`;
}

function inWords(stretches, zone) {
  return stretches.map((stretch) => stretchText(stretch, zone)).join("; ");
}

function key() {
  const words = { open: "Open", outage: "Down", ongoing: "Not reopened yet", "late-opening": "Opened late", "early-close": "Closed early", "did-not-operate": "Not open that day", unknown: "Not observed", "park-stop": "Park stopped" };
  return h("ul", { class: "key", role: "list", "aria-label": "Key" }, Object.entries(words).map(([kind, word]) =>
    h("li", {}, h("span", { class: `stretch stretch-${kind}` }), word)), h("li", {}, h("span", { class: "stretch day-wide" }), "Many down together"));
}
