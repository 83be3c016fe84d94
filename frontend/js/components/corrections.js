// Stretches that the operator made unknown, each with its reason; times are those of the park.

import { h } from "../dom/element.js";
import { clock, clockWithZone, localDate, longDate } from "../format/times.js";

/** correction: a row of /api/corrections; the newest comes first. */
export function correctionList(corrections) {
  if (corrections.length === 0) return h("p", {}, "None so far.");
  return h("ul", {}, corrections.map(item));
}

function item(correction) {
  const { timezone, withdrawn_at: withdrawn } = correction;
  const made = `Made on ${dateOf(correction.made_at, timezone)}${withdrawn ? `, taken back on ${dateOf(withdrawn, timezone)}` : ""}.`;
  return h("li", {}, h("strong", {}, whose(correction)), `, ${span(correction)}: ${sentence(correction.reason)} ${made}`);
}

function whose({ ride_name: ride, park_name: park }) {
  return ride === null ? park : `${ride}, ${park}`;
}

function span({ started_at: start, ended_at: end, timezone }) {
  const [first, last] = [dateOf(start, timezone), dateOf(end, timezone)];
  const until = `${first === last ? "" : `${last}, `}${clockWithZone(end, timezone)}`;
  return `${first}, ${clock(start, timezone)} to ${until}`;
}

function sentence(text) {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** With its year: corrections stay listed for ever. */
function dateOf(instant, timeZone) {
  return longDate(localDate(instant, timeZone));
}
