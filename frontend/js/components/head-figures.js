// The answer in three figures: what is down, which park is worst, how much we watch.

import { h, picture } from "../dom/element.js";
import { apiAddress } from "../api-client.js";
import { count, hoursText } from "../format/durations.js";
import { decimal } from "../format/numbers.js";
import { toView } from "../router.js";
import { periodDays } from "./facts.js";
import { parkDetails, queueTimesLink } from "./links.js";

/** Asked for apart from the table, which may be sorted in another way. */
export function figuresAddress(state) {
  return apiAddress("/api/parks/downtime", {
    period: state.period,
    filter: state.filter,
    weighted: state.weighted,
    park_wide: state.park_wide,
    limit: 1,
  });
}

export function headFigures(state, answer) {
  const { total_parks_tracked: parks, currently_down_rides: down } = answer.aggregate_stats;
  return h(
    "dl",
    { class: "figures", "data-key": "figures" },
    figure("Rides down now", h("a", { href: toView(state, "now") }, picture("shape-down", "shape"), down === null ? "Not known" : count(down)), "down"),
    figure(`${state.weighted === "true" ? "Highest weighted score" : "Most downtime"}, ${periodDays(state.period)}`, ...worst(state, answer.data[0])),
    figure("Parks tracked", count(parks), "tracked"),
  );
}

function worst(state, park) {
  const amount = state.weighted === "true" ? park?.weighted_downtime_score : park?.total_downtime_hours;
  if (!park || park.rank === null || !amount) return [h("span", { class: "figure-name" }, "None yet"), "worst"];
  const text = state.weighted === "true" ? decimal(amount) : hoursText(amount);
  return [
    [
      h("span", { class: "figure-name" }, queueTimesLink(park.park_name, park.queue_times_url)),
      h("span", { class: "figure-amount" }, text),
      parkDetails(state, park.park_id, park.park_name),
    ],
    "worst",
  ];
}

function figure(label, content, kind) {
  return h("div", { class: `head-figure head-figure-${kind}` }, h("dt", {}, label), h("dd", {}, content));
}
