// The address is the state: ?view=rides&period=7days&filter=disney-universal&sort=ride_name&order=asc.
// What equals a default is left out, what cannot be understood counts as left out.

import { isDate, periodOf } from "./format/periods.js";

const CHOICES = {
  view: ["parks", "rides", "waittimes", "trends", "now", "park", "ride"],
  filter: ["all-parks", "disney-universal"],
  weighted: ["false", "true"],
  park_wide: ["include", "exclude"],
  mode: ["live", "7day-average", "peak"],
  group: ["none", "park"],
};
const PATTERNS = {
  park: /^[1-9]\d{0,8}$/,
  ride: /^[1-9]\d{0,8}$/,
  date: { test: isDate },
  sort: /^[a-z0-9_.,-]{1,200}$/,
  order: /^(asc|desc)$/,
  pages: /^[1-9]\d?$/,
};
// these go with the visitor from view to view, all others stay behind
const TRAVELLING = ["period", "filter"];

export function readAddress(search) {
  const given = new URLSearchParams(search);
  const state = {};
  for (const [name, choices] of Object.entries(CHOICES)) {
    state[name] = choices.includes(given.get(name)) ? given.get(name) : choices[0];
  }
  for (const [name, pattern] of Object.entries(PATTERNS)) {
    state[name] = pattern.test(given.get(name) ?? "") ? given.get(name) : null;
  }
  if ((state.view === "park" && !state.park) || (state.view === "ride" && !state.ride)) state.view = "parks";
  state.period = periodIn(given.get("period"), state.view);
  if (state.view !== "park") state.date = null;
  if (state.date) state.period = "today"; // one choice: a day, or a period that ends today
  state.about = given.has("about") || given.get("view") === "about";
  return Object.freeze(state);
}

/** Days that no row adds up are of one park or ride only. */
function periodIn(given, view) {
  const period = given === null ? null : periodOf(given);
  const isThere = period !== null && (period.kind !== "range" || view === "park" || view === "ride");
  return isThere ? given : usualPeriod(view);
}

/** Trends compare weeks unless told otherwise. */
const usualPeriod = (view) => (view === "trends" ? "7days" : "today");

export function writeAddress(state) {
  const address = new URLSearchParams();
  for (const [name, choices] of Object.entries(CHOICES)) {
    if (state[name] !== choices[0]) address.set(name, state[name]);
    if (name === "view" && (state.period !== "today" || state.view === "trends")) address.set("period", state.period);
  }
  for (const name of Object.keys(PATTERNS)) if (state[name]) address.set(name, state[name]);
  if (state.about) address.set("about", "open");
  return `?${address}`;
}

/** The address of what is shown, however it is sorted, filtered or cut. */
export function canonicalAddress({ view, period, park, ride, date }) {
  const address = writeAddress({ ...readAddress(""), view, period, park, ride, date });
  return address === "?" ? "./" : address;
}

/** The address of the same view with some things changed; it starts again at its first rows. */
export function withChange(state, change) {
  const keepsRows = "sort" in change || "pages" in change || "about" in change;
  return writeAddress({ ...state, pages: keepsRows ? state.pages : null, ...change });
}

/** The address of another view, with the period and the filter of this one. */
export function toView(state, view, rest = {}) {
  const next = { ...readAddress(""), view, ...rest };
  for (const name of TRAVELLING) next[name] = rest[name] ?? state[name];
  return writeAddress(next);
}

let draw = () => {};

/** Follows links and buttons whose address begins with "?", Back and Forward. `show(state, isBack)` draws. */
export function startRouter(show) {
  draw = show;
  history.scrollRestoration = "manual";
  document.addEventListener("click", (event) => {
    const target = event.target.closest('a[href^="?"], button[data-href]');
    if (!target || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    go(target.dataset.href ?? target.getAttribute("href"));
  });
  addEventListener("popstate", () => show(readAddress(location.search), true));
  addEventListener("scrollend", rememberPlace);
  show(readAddress(location.search), false);
}

function go(address) {
  rememberPlace();
  history.pushState({ top: scrollY }, "", address);
  draw(readAddress(address), false);
}

export function openAbout() {
  go(withChange(readAddress(location.search), { about: true }));
  history.replaceState({ top: scrollY, isOurs: true }, "");
}

/** Closing is going back, where it was opened here; a shared address just loses its "about". */
export function leaveAbout() {
  const state = readAddress(location.search);
  if (!state.about) return;
  if (history.state?.isOurs) history.back();
  else history.replaceState({ top: scrollY }, "", withChange(state, { about: false }));
}

export function rememberedPlace() {
  return history.state?.top ?? 0;
}

function rememberPlace() {
  history.replaceState({ ...history.state, top: scrollY }, "");
}
