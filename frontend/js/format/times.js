// Instants in a park's own zone, with the zone named. The API speaks UTC only.

const formats = new Map();

function format(timeZone, options) {
  const key = `${timeZone}|${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, make(timeZone, options));
  return formats.get(key);
}

function make(timeZone, options) {
  try {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" }); // a zone this browser does not know
  }
}

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** "14:20" in the zone; without a zone the visitor's own. */
export function clock(instant, timeZone) {
  return format(timeZone, CLOCK).format(new Date(instant));
}

/** "EDT", "GMT+2": the short name of the zone at that instant. */
export function zoneName(instant, timeZone) {
  const parts = format(timeZone, { ...CLOCK, timeZoneName: "short" }).formatToParts(new Date(instant));
  return parts.find((part) => part.type === "timeZoneName").value;
}

export function clockWithZone(instant, timeZone) {
  return `${clock(instant, timeZone)} ${zoneName(instant, timeZone)}`;
}

/** "Mon, Nov 24" of an instant in the zone. */
export function day(instant, timeZone) {
  return format(timeZone, { weekday: "short", month: "short", day: "numeric" }).format(new Date(instant));
}

/** "Mon, Nov 24" of a local date written 2025-11-24. */
export function dateText(date) {
  return day(`${date}T12:00:00Z`, "UTC");
}

export function longDate(date) {
  return format("UTC", { year: "numeric", month: "long", day: "numeric" }).format(new Date(`${date}T12:00:00Z`));
}

/** The local date 2025-11-24 of an instant. */
export function localDate(instant, timeZone) {
  return format(timeZone, { year: "numeric", month: "2-digit", day: "2-digit" })
    .formatToParts(new Date(instant))
    .reduce((date, { type, value }) => date.replace(type, value), "year-month-day");
}

/** The calendar date a number of days later (or earlier). */
export function shiftDate(date, days) {
  const shifted = new Date(`${date}T12:00:00Z`);
  shifted.setUTCDate(shifted.getUTCDate() + days);
  return shifted.toISOString().slice(0, 10);
}

/** Of two instants; never negative, for clocks may differ. */
export const minutesBetween = (start, end) => Math.max(0, new Date(end) - new Date(start)) / 60000;
