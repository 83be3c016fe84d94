// Ninety days of a ride, one cell a day: height and colour are its uptime, pattern says why there is none.

import { h } from "../dom/element.js";
import { count, minutesText, NOTHING } from "../format/durations.js";
import { percent, plural } from "../format/numbers.js";
import { dateText } from "../format/times.js";
import { fileLink } from "./file-link.js";
import { smallTable } from "./small-table.js";
import { soFar, uptimeSoFar } from "./so-far.js";

const KEY = [["good", "99 % and more"], ["fair", "95 to 99 %"], ["poor", "Below 95 %"], ["so-far", "Not reopened yet"], ["closed", "Not open"], ["park", "Park closed"], ["unknown", "Not observed"]];
const LEAST_HATCH = 6; // percent; a minute that is not judged is seen, too
const LEAST_HEIGHT = 12; // percent; a bad day is low, never invisible

export function rideDays({ days }) {
  if (days.length === 0) return null;
  return h(
    "section",
    { class: "ninety", "data-key": "ninety" },
    h("h2", {}, "The last 90 days"),
    h("ul", { class: "key", role: "list", "aria-label": "Key" }, KEY.map(([kind, word]) => h("li", {}, h("span", { class: `cell cell-${kind}` }), word))),
    h("div", { class: "cells", role: "img", "aria-label": summary(days) }, days.map((day, index) => cell(day, index === days.length - 1))),
    h("p", { class: "cells-ends", "aria-hidden": "true" }, h("span", {}, dateText(days[0].date)), h("span", {}, "Today, so far")),
    asTable(days),
  );
}

/** `more`: minutes that would count as down, if what is not over yet turned out so. */
function uptime({ uptime_minutes: up, downtime_minutes: down }, more = 0) {
  return up + down + more > 0 ? (100 * up) / (up + down + more) : null;
}

function kindOf(day) {
  if (day.operated === null) return day.park_operated === false ? "park" : "unknown";
  if (!day.operated) return "closed";
  const share = uptime(day);
  if (share === null) return "unknown";
  return share >= 99 ? "good" : share >= 95 ? "fair" : "poor";
}

const CORRECTED = "part of it made unknown by a correction";
const WORDS = { closed: "not open", park: "park closed", unknown: "not observed" };

/** The last day is today: what it says may still change. */
function words(day, isToday) {
  const kind = kindOf(day);
  const ending = isToday ? " so far" : "";
  if (WORDS[kind]) return `${WORDS[kind]}${ending}`;
  return `${percent(uptime(day))} uptime${ending}, ${minutesText(day.downtime_minutes)} down${ongoingText(day)}, ${plural(day.outage_count ?? 0, "outage", "outages")}`;
}

function ongoingText({ ongoing_minutes: minutes }) {
  return minutes > 0 ? ` and ${minutesText(minutes)} not reopened yet` : "";
}

const height = (share) => Math.max(LEAST_HEIGHT, 100 - 4 * (100 - share));

/** Up to the height that the day has at worst it is filled; hatched from there to what is certain. */
function cell(day, isToday) {
  const kind = kindOf(day);
  const isDrawn = !WORDS[kind];
  const more = isDrawn ? day.ongoing_minutes : 0;
  const [certain, atWorst] = isDrawn ? [uptime(day), uptime(day, more)].map(height) : [];
  return h("span", {
    class: `cell cell-${kind}${more > 0 ? " has-so-far" : ""}`,
    title: `${dateText(day.date)}: ${words(day, isToday)}${day.corrected ? `, ${CORRECTED}` : ""}`,
    vars: isDrawn ? { "--up": `${atWorst.toFixed(0)}%`, "--so-far": `${Math.max(certain - atWorst, more > 0 ? LEAST_HATCH : 0).toFixed(0)}%` } : {},
  });
}

function noteOf(day, isToday) {
  const word = [WORDS[kindOf(day)], day.corrected ? CORRECTED : null].filter(Boolean).join(", ");
  return isToday ? `${word} so far`.trim() : word;
}

function summary(days) {
  const open = days.filter((day) => day.operated);
  const up = open.reduce((sum, day) => sum + day.uptime_minutes, 0);
  const down = open.reduce((sum, day) => sum + day.downtime_minutes, 0);
  const share = up + down > 0 ? `${percent((100 * up) / (up + down))} uptime` : "no uptime known";
  const ongoing = ongoingText(days.at(-1));
  return `${plural(open.length, "day", "days")} open of ${days.length}, ${share}${ongoing ? `, and today${ongoing.replace(" and", "")}` : ""}. The table below has every day.`;
}

function asTable(days) {
  return h(
    "details",
    { class: "as-table", "data-key": "days-table" },
    h("summary", {}, "The same days as a table"),
    smallTable({
      caption: "The last 90 days, newest first",
      heads: [["Day"], ["Uptime", true], ["Down", true], ["Outages", true], ["Note"]],
      rows: days.toReversed().map((day, index) => [
        dateText(day.date),
        day.operated ? uptimeSoFar(uptime(day), day.ongoing_minutes > 0) : NOTHING,
        [minutesText(day.downtime_minutes), soFar(day.ongoing_minutes)],
        count(day.outage_count),
        noteOf(day, index === 0),
      ]),
    }),
    fileLink(days, "days-of-the-ride"),
  );
}
