// Lengths of time in words: hours and minutes, one way of writing everywhere.

export const NOTHING = "–";

/** 130 -> "2 h 10 m", 25 -> "25 m", null -> an en dash. */
export function minutesText(minutes) {
  if (minutes === null || minutes === undefined) return NOTHING;
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  if (hours === 0) return `${whole} m`;
  return `${count(hours)} h ${String(whole % 60).padStart(2, "0")} m`;
}

export function hoursText(hours) {
  return minutesText(hours === null || hours === undefined ? null : hours * 60);
}

/** The same for a sentence: "25 min", "2 h 10 min". */
export function spoken(minutes) {
  const whole = Math.max(0, Math.round(minutes));
  if (whole < 60) return `${whole} min`;
  if (whole >= 600 && whole < 48 * 60) return `${Math.round(whole / 60)} h`;
  if (whole < 600) return whole % 60 ? `${Math.floor(whole / 60)} h ${whole % 60} min` : `${whole / 60} h`;
  return `${Math.floor(whole / 1440)} days`;
}

/** 1432 -> "1,432". */
export function count(number) {
  return number === null || number === undefined ? NOTHING : number.toLocaleString("en-US");
}
