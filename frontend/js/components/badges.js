// Marks that say something by shape and word first, and by colour after that.

import { h, picture, unseen } from "../dom/element.js";
import { minutesText, NOTHING } from "../format/durations.js";
import { percent, signedPercent } from "../format/numbers.js";
import { clockWithZone, minutesBetween } from "../format/times.js";

const SHAPES = { Running: "running", Down: "down", Closed: "closed", Unknown: "unknown" };
const TIERS = {
  1: ["Major", "A headline attraction: its downtime weighs 3 in the weighted score"],
  2: ["Standard", "A usual attraction: its downtime weighs 2 in the weighted score"],
  3: ["Minor", "A small attraction: its downtime weighs 1 in the weighted score"],
};

export function statusBadge(status) {
  const shape = SHAPES[status] ?? "unknown";
  return h("span", { class: `status status-${shape}` }, picture(`shape-${shape}`, "shape"), status);
}

/** The badge, and for how long a ride that is down had been down at the moment of the readings. */
export function statusSince({ current_status: status, down_since: downSince, back_today_percentage: chance }, zone, asOf) {
  if (status !== "Down" || !downSince) return [statusBadge(status), backToday(chance)];
  return [
    statusBadge(status),
    h("span", { class: "since" }, ` ${downFor(minutesBetween(downSince, asOf), "for ")}`),
    h("span", { class: "since-when" }, ` since ${clockWithZone(downSince, zone)}`),
    backToday(chance),
  ];
}

/** Of a ride that closed: a chance, never a time. */
function backToday(chance) {
  return chance === null ? null : h("span", { class: "back-today" }, ` back today: ${percent(chance, 0)}`);
}

/** "for 51 m"; a ride whose first closed reading is the last there is has not been down for 0 minutes. */
export function downFor(minutes, before = "") {
  return minutes < 1 ? "just now" : `${before}${minutesText(minutes)}`;
}

export function tierBadge(tier) {
  const [word, meaning] = TIERS[tier] ?? TIERS[2];
  return h("span", { class: `tier tier-${tier ?? 2}`, title: meaning }, unseen("Tier "), h("b", {}, String(tier ?? 2)), ` ${word}`);
}

/** More downtime is worse, whichever way the arrow points; more wait is neither. */
export function trend(percentage, { isNeutral = false } = {}) {
  if (percentage === null || percentage === undefined) {
    return h("span", { class: "trend" }, NOTHING, unseen(" not comparable"));
  }
  const direction = Math.abs(percentage) < 0.05 ? "level" : percentage > 0 ? "up" : "down";
  const judged = isNeutral || direction === "level" ? "level" : percentage > 0 ? "worse" : "better";
  return h(
    "span",
    { class: `trend trend-${judged}` },
    picture(`mark-${direction}`, "arrow"),
    signedPercent(percentage),
    isNeutral ? null : unseen(direction === "level" ? " unchanged" : ` ${judged}`),
  );
}

/** The place, and small below it from where to where it lies in nine of ten draws, where that is known. */
export function rank(position, low = null, high = null) {
  if (position === null || position === undefined) return h("span", { class: "rank" }, NOTHING, unseen(" not ranked"));
  const wears = position <= 3;
  const mark = h("span", { class: wears ? `rank rosette rosette-${position}` : "rank" },
    wears ? picture("art-rosette", "rosette-shape") : null, h("span", {}, String(position)));
  if (low === null || high === null) return mark;
  return [mark, h("span", { class: "rank-range", title: "Where it lies in nine of ten draws of the period's days" },
    unseen(" between "), `${low}–`, h("wbr"), String(high))];
}
