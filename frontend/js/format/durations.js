// Lengths of time in words: hours and minutes, one way of writing everywhere.

export const NOTHING = "–";

/** 130 -> "2 h 10 m", 25 -> "25 m", 0 -> "0 m", 0.3 -> "under 1 m", null -> an en dash. */
export function minutesText(minutes) {
  if (minutes === null || minutes === undefined) return NOTHING;
  const whole = Math.round(minutes);
  if (whole === 0 && minutes > 0) return "under 1 m";
  const hours = Math.floor(whole / 60);
  if (hours === 0) return `${whole} m`;
  return `${count(hours)} h ${String(whole % 60).padStart(2, "0")} m`;
}

export function minutesOf(hours) {
  return hours === null || hours === undefined ? null : hours * 60;
}

export function hoursText(hours) {
  return minutesText(minutesOf(hours));
}

/** How long ago something was: the same, but whole hours and days once they are many. */
export function agoText(minutes) {
  if (minutes < 600) return minutesText(Math.max(0, minutes));
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${count(Math.floor(minutes / 1440))} days`;
}

/** 1432 -> "1,432". */
export function count(number) {
  return number === null || number === undefined ? NOTHING : number.toLocaleString("en-US");
}
