// What a park's page is about: today, a period that ends today, or an earlier day. One choice for all of it.

import { h } from "../dom/element.js";
import { dateText, localDate, shiftDate } from "../format/times.js";
import { option, periodOptions, periodSteps } from "./switches.js";

const MOST_DAYS = 14;
const SHOWN = "Shown";

/** `answers` are null before the first; the earlier days come with them. */
export function dayOrPeriod(state, answers) {
  const periods = periodOptions(state).map(([period, text]) =>
    option(state, SHOWN, text, { period, date: null }, !state.date && state.period === period));
  const days = answers ? earlierDays(answers.details.data) : [];
  return h("ul", { class: "choice days", role: "list", "aria-label": "Day or period", "data-key": "choice-day" },
    periods,
    periodSteps(state, { date: null }),
    days.map((date) => option(state, SHOWN, dateText(date), { period: "today", date }, state.date === date)));
}

/** The park's own date at the moment of the readings. */
export function todayOf({ current_status: now, timezone }) {
  return now.as_of ? localDate(now.as_of, timezone) : null;
}

/** The day whose figures are shown, or null for today and the periods. */
export function earlierDay(state, park) {
  return state.date && state.date !== todayOf(park) ? state.date : null;
}

function earlierDays(park) {
  const [today, first] = [todayOf(park), park.first_timeline_date];
  const days = [];
  if (!today || !first) return days;
  for (let date = shiftDate(today, -1); date >= first && days.length < MOST_DAYS; date = shiftDate(date, -1)) days.push(date);
  return days;
}
