// The answer in three figures: what is down, which park is worst, how much we watch.

import { h, picture } from "../dom/element.js";
import { apiAddress } from "../api-client.js";
import { count, hoursText, minutesOf } from "../format/durations.js";
import { decimal } from "../format/numbers.js";
import { periodText } from "../format/periods.js";
import { toView } from "../router.js";
import { soFar } from "./so-far.js";
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

/** For views that are about this moment: of today, whatever period another view shows. */
export function figuresNowAddress({ filter }) {
  return figuresAddress({ period: "today", filter, weighted: "false", park_wide: "include" });
}

export function headFigures(state, answer) {
  const { total_parks_tracked: parks, currently_down_rides: down } = answer.aggregate_stats;
  const isWeighted = answer.weighted;
  return h(
    "dl",
    { class: "figures", "data-key": "figures" },
    figure("Rides down now", h("a", { href: toView(state, "now") }, downNow(down)), "down"),
    figure(`${isWeighted ? "Highest weighted score" : "Most downtime"}, ${periodText(answer.period)}`, ...worst(state, answer)),
    figure(answer.filter === "disney-universal" ? "Disney & Universal parks" : "Parks tracked", count(parks), "tracked"),
  );
}

/** The triangle says "down": it stands beside nothing else. */
function downNow(down) {
  if (down === null) return [picture("shape-unknown", "shape shape-quiet"), "Not known"];
  return [picture(down > 0 ? "shape-down" : "shape-running", down > 0 ? "shape" : "shape shape-fine"), down > 0 ? count(down) : "None"];
}

function worst(state, { weighted: isWeighted, days_with_data: days, data: [park] }) {
  const amount = isWeighted ? park?.weighted_downtime_score : park?.total_downtime_hours;
  if (!days) return [h("span", { class: "figure-name" }, "Not known yet"), "worst"];
  if (!park || park.rank === null || !amount) return [h("span", { class: "figure-name" }, "None so far"), "worst"];
  const text = isWeighted ? decimal(amount) : hoursText(amount);
  return [
    [
      h("span", { class: "figure-name" }, queueTimesLink(park.park_name, park.queue_times_url)),
      h("span", { class: "figure-amount" }, text),
      isWeighted ? null : soFar(minutesOf(park.ongoing_hours)),
      parkDetails(state, park.park_id, park.park_name),
    ],
    "worst",
  ];
}

function figure(label, content, kind) {
  return h("div", { class: `head-figure head-figure-${kind}` }, h("dt", {}, label), h("dd", {}, content));
}
