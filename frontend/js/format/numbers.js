// Shares and changes as figures that line up.

import { NOTHING } from "./durations.js";

const isMissing = (number) => number === null || number === undefined;

export function percent(number, digits = 1) {
  return isMissing(number) ? NOTHING : `${number.toFixed(digits)} %`;
}

/** How much was observed, in whole percent; 99.7 is not all, and 0.2 is not nothing. */
export function shareText(number) {
  if (isMissing(number)) return "not seen open";
  return percent(number < 100 && number > 0 ? Math.min(99, Math.max(1, Math.round(number))) : number, 0);
}

export function decimal(number, digits = 2) {
  return isMissing(number) ? NOTHING : number.toFixed(digits);
}

/** With its sign, and a real minus: +12 %, −4 %. */
export function signedPercent(number) {
  if (isMissing(number)) return NOTHING;
  const rounded = Math.abs(number) >= 10 ? Math.round(number) : Math.round(number * 10) / 10;
  if (rounded === 0) return "0 %";
  return `${rounded > 0 ? "+" : "−"}${Math.abs(rounded).toLocaleString("en-US")} %`;
}

export function plural(number, one, many) {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
}
