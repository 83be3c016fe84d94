// The choices above a table. Each is a link with an address of its own; the chosen one says so.

import { serverNow } from "../api-client.js";
import { h } from "../dom/element.js";
import { isAhead, nameOf, periodBeside, periodOf, shortPeriodText } from "../format/periods.js";
import { withChange } from "../router.js";

const PERIODS = [["today", "Today"], ["7days", "7 days"], ["30days", "30 days"]];
const DAWN = 12 * 3600000; // in UTC, of the parks that are watched first: before it nothing is known of a day
const FILTERS = [["all-parks", "All parks"], ["disney-universal", "Disney & Universal"]];
export const RANKINGS = [["false", "Downtime"], ["true", "Weighted score"]];
export const PARK_WIDE = [["include", "With park-wide stops"], ["exclude", "Without"]];
export const MODES = [["live", "Now"], ["7day-average", "7-day average"], ["peak", "7-day peak"]];
export const GROUPS = [["none", "Longest first"], ["park", "By park"]];

export function periodSwitch(state) {
  const options = periodOptions(state).map(([value, text]) => option(state, "Period", text, { period: value }, state.period === value));
  return choices("period", "Period", [options, periodSteps(state)]);
}

/** What moves with today, this month and this year; the one that is shown, where it is another. */
export function periodOptions({ period }) {
  const today = new Date(serverNow() - DAWN).toISOString().slice(0, 10);
  const { kind } = periodOf(period);
  const named = ["month", "year"].map((each) => (each === kind ? period : nameOf(each, today)));
  const others = PERIODS.some(([value]) => value === period) || named.includes(period) ? named : [...named, period];
  return [...PERIODS, ...others.map((name) => [name, shortPeriodText(name)])];
}

/** To the month before the one that is shown, and after it. */
export function periodSteps(state, rest = {}) {
  return [[-1, "\u2039", "Earlier"], [1, "\u203a", "Later"]].map(([by, sign, word]) => {
    const name = periodBeside(state.period, by);
    if (name === null || isAhead(name, new Date(serverNow()).toISOString())) return null;
    const text = `${word}: ${shortPeriodText(name)}`;
    return h("li", {}, h("a", { class: "step", href: withChange(state, { ...rest, period: name }), "aria-label": text, title: text, "data-announce": text }, sign));
  });
}

export const filterSwitch = (state) => choice(state, "filter", "Parks", FILTERS);

/** choice(state, "mode", "Wait", [["live", "Now"], ...]) */
export function choice(state, parameter, label, options) {
  return choices(parameter, label, options.map(([value, text]) => option(state, label, text, { [parameter]: value }, state[parameter] === value)));
}

/** One of several; `change`: what it makes of the state. */
export function option(state, label, text, change, isChosen) {
  return h("li", {}, h(
    "a",
    { href: withChange(state, change), "aria-current": isChosen ? "true" : null, "data-announce": `${label}: ${text}` },
    text,
  ));
}

function choices(name, label, options) {
  return h("ul", { class: "choice", "aria-label": label, role: "list", "data-key": `choice-${name}` }, options);
}

export function switches(...choices) {
  return h("div", { class: "switches", role: "group", "aria-label": "What is shown", "data-key": "switches" }, choices);
}
