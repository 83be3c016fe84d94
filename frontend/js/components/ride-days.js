// Ninety days of a ride, one cell a day: height and colour are its uptime, pattern says why there is none.

import { h } from "../dom/element.js";
import { count, minutesText } from "../format/durations.js";
import { percent, plural } from "../format/numbers.js";
import { dateText } from "../format/times.js";
import { fileLink } from "./file-link.js";
import { smallTable } from "./small-table.js";

const KEY = [["good", "99 % and more"], ["fair", "95 to 99 %"], ["poor", "Below 95 %"], ["closed", "Not open"], ["park", "Park closed"], ["unknown", "Not observed"]];
const LEAST_HEIGHT = 12; // percent; a bad day is low, never invisible

export function rideDays({ days }) {
  if (days.length === 0) return null;
  return h(
    "section",
    { class: "ninety", "data-key": "ninety" },
    h("h2", {}, "The last 90 days"),
    h("ul", { class: "key", role: "list", "aria-label": "Key" }, KEY.map(([kind, word]) => h("li", {}, h("span", { class: `cell cell-${kind}` }), word))),
    h("div", { class: "cells", role: "img", "aria-label": summary(days) }, days.map(cell)),
    h("p", { class: "cells-ends", "aria-hidden": "true" }, h("span", {}, dateText(days[0].date)), h("span", {}, "Today")),
    asTable(days),
  );
}

function uptime({ uptime_minutes: up, downtime_minutes: down }) {
  return up + down > 0 ? (100 * up) / (up + down) : null;
}

function kindOf(day) {
  if (day.operated === null) return day.park_operated === false ? "park" : "unknown";
  if (!day.operated) return "closed";
  const share = uptime(day);
  if (share === null) return "unknown";
  return share >= 99 ? "good" : share >= 95 ? "fair" : "poor";
}

const WORDS = { closed: "not open", park: "park closed", unknown: "not observed" };

function words(day) {
  const kind = kindOf(day);
  if (WORDS[kind]) return WORDS[kind];
  return `${percent(uptime(day))} uptime, ${minutesText(day.downtime_minutes)} down, ${plural(day.outage_count ?? 0, "outage", "outages")}`;
}

function cell(day) {
  const kind = kindOf(day);
  const share = WORDS[kind] ? null : Math.max(LEAST_HEIGHT, 100 - 4 * (100 - uptime(day)));
  return h("span", { class: `cell cell-${kind}`, title: `${dateText(day.date)}: ${words(day)}`, vars: share === null ? {} : { "--up": `${share.toFixed(0)}%` } });
}

function summary(days) {
  const open = days.filter((day) => day.operated);
  const up = open.reduce((sum, day) => sum + day.uptime_minutes, 0);
  const down = open.reduce((sum, day) => sum + day.downtime_minutes, 0);
  const share = up + down > 0 ? `${percent((100 * up) / (up + down))} uptime` : "no uptime known";
  return `${plural(open.length, "day", "days")} open of ${days.length}, ${share}. The table below has every day.`;
}

function asTable(days) {
  return h(
    "details",
    { class: "as-table", "data-key": "days-table" },
    h("summary", {}, "The same days as a table"),
    smallTable({
      caption: "The last 90 days, newest first",
      heads: [["Day"], ["Uptime", true], ["Down", true], ["Outages", true], ["Note"]],
      rows: days.toReversed().map((day) => [
        dateText(day.date),
        percent(day.operated ? uptime(day) : null),
        minutesText(day.downtime_minutes),
        count(day.outage_count),
        WORDS[kindOf(day)] ?? "",
      ]),
    }),
    fileLink(days, "days-of-the-ride"),
  );
}
