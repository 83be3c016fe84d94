// How old the data is, in the line beneath the header; ticks by itself.

import { earlierMoment, serverNow } from "../api-client.js";
import { h } from "../dom/element.js";
import { agoText } from "../format/durations.js";
import { clockWithZone, day, localDate, longDate } from "../format/times.js";

let readAt = null;

export function startAge() {
  setInterval(draw, 15000);
}

export function showAge(lastUpdated) {
  readAt = lastUpdated;
  draw();
}

export function ago(instant) {
  const minutes = (serverNow() - new Date(instant)) / 60000;
  return minutes < 1 ? "just now" : `${agoText(minutes)} ago`;
}

function draw() {
  const line = document.getElementById("age");
  if (!readAt) {
    line.replaceChildren("No readings yet");
    return;
  }
  line.replaceChildren(
    h("span", { class: "age-long" }, "Readings of "),
    h("time", { datetime: readAt, title: `${day(readAt)}, ${clockWithZone(readAt)}` }, clockWithZone(readAt)),
    earlierMoment() ? `, ${longDate(localDate(readAt))}` : `, ${ago(readAt)}`,
  );
}
