// The choices above a table. Each is a link with an address of its own; the chosen one says so.

import { h } from "../dom/element.js";
import { withChange } from "../router.js";

export const PERIODS = [["today", "Today"], ["7days", "7 days"], ["30days", "30 days"]];
const FILTERS = [["all-parks", "All parks"], ["disney-universal", "Disney & Universal"]];
export const RANKINGS = [["false", "Downtime"], ["true", "Weighted score"]];
export const PARK_WIDE = [["include", "With park-wide stops"], ["exclude", "Without"]];
export const MODES = [["live", "Now"], ["7day-average", "7-day average"], ["peak", "7-day peak"]];
export const GROUPS = [["none", "Longest first"], ["park", "By park"]];

export const periodSwitch = (state) => choice(state, "period", "Period", PERIODS);
export const filterSwitch = (state) => choice(state, "filter", "Parks", FILTERS);

/** choice(state, "mode", "Wait", [["live", "Now"], ...]) */
export function choice(state, parameter, label, options) {
  return h(
    "ul",
    { class: "choice", "aria-label": label, role: "list", "data-key": `choice-${parameter}` },
    options.map(([value, text]) => {
      const isChosen = state[parameter] === value;
      return h("li", {}, h(
        "a",
        { href: withChange(state, { [parameter]: value }), "aria-current": isChosen ? "true" : null, "data-announce": `${label}: ${text}` },
        text,
      ));
    }),
  );
}

export function switches(...choices) {
  return h("div", { class: "switches", role: "group", "aria-label": "What is shown", "data-key": "switches" }, choices);
}
