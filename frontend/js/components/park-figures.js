// A park's sums, of a period or of one earlier day.

import { hoursText, minutesOf, minutesText, NOTHING } from "../format/durations.js";
import { shareText } from "../format/numbers.js";
import { periodText } from "../format/periods.js";
import { dateText } from "../format/times.js";
import { facts } from "./facts.js";
import { downtimeSoFar, uptimeSoFar } from "./so-far.js";

export function periodFigures({ statistics: figures }) {
  return facts(`The period: ${periodText(figures.period)}`, [
    ["Downtime", downtimeSoFar(minutesOf(figures.total_downtime_hours), minutesOf(figures.ongoing_hours))],
    figures.park_wide_downtime_hours > 0 ? ["Of it park-wide", hoursText(figures.park_wide_downtime_hours)] : null,
    ["Uptime", uptimeSoFar(figures.avg_uptime_percentage, figures.ongoing_hours > 0)],
    ["Outages", figures.outage_count ?? NOTHING],
    ["Rides with downtime", figures.rides_with_downtime ?? NOTHING],
    figures.park_stop_hours > 0 ? ["Park itself stopped", hoursText(figures.park_stop_hours)] : null,
    ["Observed", shareText(figures.coverage_percentage)],
    figures.days_with_data < figures.period_days ? ["Days observed", `${figures.days_with_data} of ${figures.period_days}`] : null,
  ]);
}

/** `day`: the answer of the day's timeline, or null where it is not kept. */
export function dayFigures(date, day) {
  if (!day) return facts(`The day: ${dateText(date)}`, [["Figures", "Not kept ride by ride"]]);
  const { figures } = day.data;
  return facts(`The day: ${dateText(date)}`, [
    ["Downtime", downtimeSoFar(figures.downtime_minutes, figures.ongoing_minutes)],
    figures.park_wide_minutes > 0 ? ["Of it park-wide", minutesText(figures.park_wide_minutes)] : null,
    ["Uptime", uptimeSoFar(figures.uptime_percentage, figures.ongoing_minutes > 0)],
    ["Outages", figures.outage_count ?? NOTHING],
    ["Rides with downtime", figures.rides_with_downtime ?? NOTHING],
    figures.park_stop_minutes > 0 ? ["Park itself stopped", minutesText(figures.park_stop_minutes)] : null,
    ["Observed", shareText(figures.coverage_percentage)],
  ]);
}
