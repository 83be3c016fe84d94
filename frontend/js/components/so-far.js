// What is not over yet: stands beside a figure, hatched and called "so far", wherever today stands.

import { h } from "../dom/element.js";
import { minutesText } from "../format/durations.js";
import { percent } from "../format/numbers.js";

export const hatch = () => h("span", { class: "hatch", "aria-hidden": "true" });

/** "+ 51 m so far", or null where nothing is ongoing. */
export function soFar(minutes) {
  return minutes > 0 ? h("span", { class: "so-far" }, hatch(), `+ ${minutesText(minutes)} so far`) : null;
}

export function downtimeSoFar(minutes, ongoingMinutes) {
  return [h("span", { class: "amount" }, minutesText(minutes)), soFar(ongoingMinutes)];
}

/** An uptime in which a closure that is not over does not count yet. */
export function uptimeSoFar(percentage, isOngoing, digits = 1) {
  if (!isOngoing || percentage === null) return percent(percentage, digits);
  return [percent(percentage, digits), h("span", { class: "so-far" }, hatch(), "so far")];
}
