// The names of periods, as the API has them: what moves with today, and what the calendar has.

import { longDate, shiftDate } from "./times.js";

const MOVING = { today: "today so far", yesterday: "yesterday", "7days": "7 days", "30days": "30 days" };
const MOST_DAYS = 366; // of chosen days
const DAY = 86400000;

/** {kind, first, last} of a name: the dates are null of what moves with today. Null where it is no period. */
export function periodOf(name) {
  if (Object.hasOwn(MOVING, name)) return { kind: "moving", first: null, last: null };
  const [first, last] = name.split("..");
  if (last !== undefined) return isRange(first, last) ? { kind: "range", first, last } : null;
  const [year, part] = [name.slice(0, 4), name.slice(5)];
  if (!isDate(`${year}-01-01`)) return null;
  if (name === year) return { kind: "year", first: `${year}-01-01`, last: `${year}-12-31` };
  if (isDate(name)) return { kind: "day", first: name, last: name };
  if (/^\d{4}-\d{2}$/.test(name) && isDate(`${name}-01`)) return monthOf(`${name}-01`);
  if (/^\d{4}-W\d{2}$/.test(name)) return weekNamed(Number(year), Number(part.slice(1)));
  return null;
}

/** 2026-02-30 looks like a date and is none. */
export function isDate(text) {
  if (!/^(19|2\d)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const noon = new Date(`${text}T12:00:00Z`);
  return !Number.isNaN(noon.getTime()) && noon.toISOString().startsWith(text);
}

function isRange(first, last) {
  return isDate(first) && isDate(last) && first <= last && daysBetween(first, last) < MOST_DAYS;
}

const daysBetween = (first, last) => Math.round((Date.parse(last) - Date.parse(first)) / DAY);

/** "November 2026", "week 47 of 2026", "30 days": to be read after a comma. */
export function periodText(name) {
  if (Object.hasOwn(MOVING, name)) return MOVING[name];
  const { kind, first, last } = periodOf(name);
  if (kind === "month") return new Date(`${first}T12:00:00Z`).toLocaleDateString("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
  if (kind === "week") return `week ${Number(name.slice(6))} of ${name.slice(0, 4)}`;
  if (kind === "year") return name;
  return kind === "day" ? longDate(first) : `${longDate(first)} to ${longDate(last)}`;
}

/** "Nov 2026", "Week 47": as short as a button is. */
export function shortPeriodText(name) {
  const { kind, first } = periodOf(name);
  const written = (options) => new Date(`${first}T12:00:00Z`).toLocaleDateString("en-US", { ...options, timeZone: "UTC" });
  if (kind === "month") return written({ month: "short", year: "numeric" });
  if (kind === "week") return `Week ${Number(name.slice(6))}`;
  if (kind === "day") return written({ month: "short", day: "numeric" });
  return kind === "range" ? "Chosen days" : periodText(name);
}

/** The one of the same kind before it (-1) or after it (1); null of what moves with today. */
export function periodBeside(name, by) {
  const { kind, first, last } = periodOf(name);
  if (kind === "moving") return null;
  const edge = by < 0 ? shiftDate(first, -1) : shiftDate(last, 1);
  if (kind !== "range") return nameOf(kind, edge);
  const length = daysBetween(first, last);
  return by < 0 ? `${shiftDate(edge, -length)}..${edge}` : `${edge}..${shiftDate(edge, length)}`;
}

/** The month or year, week or day that a date is in. */
export function nameOf(kind, date) {
  if (kind === "week") return weekName(date);
  return date.slice(0, { year: 4, month: 7, day: 10 }[kind]);
}

/** Whether it begins after a date. */
export const isAhead = (name, date) => (periodOf(name).first ?? "") > date;

function monthOf(first) {
  const next = new Date(`${first}T12:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return { kind: "month", first, last: shiftDate(next.toISOString().slice(0, 10), -1) };
}

/** A week has the year that its Thursday is in. */
function weekName(date) {
  const thursday = shiftDate(date, 4 - (new Date(`${date}T12:00:00Z`).getUTCDay() || 7));
  const week = Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, "0")}`;
}

function weekNamed(year, week) {
  const fourth = `${year}-01-04`; // always in the first week
  const monday = shiftDate(fourth, 1 - (new Date(`${fourth}T12:00:00Z`).getUTCDay() || 7) + (week - 1) * 7);
  const isThere = week > 0 && weekName(monday) === `${year}-W${String(week).padStart(2, "0")}`;
  return isThere ? { kind: "week", first: monday, last: shiftDate(monday, 6) } : null;
}
