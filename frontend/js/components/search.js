// Search over parks and rides, from anywhere by "/" or Ctrl-K. The lists are fetched when it first opens.

import { ask, lastAnswer } from "../api-client.js";
import { closeButton } from "../dom/dialogs.js";
import { h } from "../dom/element.js";
import { plural } from "../format/numbers.js";
import { readAddress, toView } from "../router.js";

const PARKS = "/api/parks";
const RIDES = "/api/rides";
const MOST = 30;

export function fillSearch(dialog) {
  if (!dialog.querySelector("input")) build(dialog);
  return start(dialog);
}

function build(dialog) {
  const input = h("input", {
    id: "search-input", type: "search", autocomplete: "off", spellcheck: "false", "aria-controls": "search-results", "aria-describedby": "search-count",
  });
  dialog.replaceChildren(
    h("div", { class: "dialog-head" }, h("h2", { id: "search-title" }, "Search parks and rides"), closeButton()),
    h("label", { for: "search-input" }, "Name of a park or a ride"),
    input,
    h("p", { id: "search-count", class: "quiet", role: "status" }),
    h("ul", { id: "search-results", role: "list" }),
  );
  input.addEventListener("input", () => list(dialog));
  dialog.addEventListener("keydown", moveThrough);
}

async function start(dialog) {
  const input = dialog.querySelector("input");
  input.value = "";
  input.focus();
  say(dialog, lastAnswer(RIDES) ? "" : "Loading the list…");
  list(dialog);
  try {
    await Promise.all([ask(PARKS), ask(RIDES)]);
    list(dialog);
  } catch (error) {
    if (!lastAnswer(RIDES)) say(dialog, `The list could not be loaded. ${error.message}`);
  }
}

const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", "&": " and " };

/** Words without accents, case and punctuation: "Rémy's" is found by "remys". */
function plain(text) {
  const letters = text.toLowerCase().replace(/[ßæœøłđ&]/g, (letter) => LETTERS[letter]);
  return letters.normalize("NFD").replace(/[^\p{L}\p{N}\s]/gu, "").replace(/\s+/g, " ").trim();
}

const keys = new WeakMap(); // row -> [its own name, that and its place], squeezed

/** Blanks too are often left out: "bigthunder". */
const squeezed = (text) => plain(text).replaceAll(" ", "");

function keysOf(row) {
  const [name, place] = row.ride_name ? [row.ride_name, row.park_name] : [row.park_name, row.location ?? ""];
  if (!keys.has(row)) keys.set(row, [squeezed(name), squeezed(`${name} ${place}`)]);
  return keys.get(row);
}

/** Those that have every word; rides by how well their own name fits. */
function find(words) {
  const hasAll = (key) => words.every((word) => key.includes(word));
  const found = (path) => lastAnswer(path).data.filter((row) => hasAll(keysOf(row)[1]));
  const distance = ([name]) => (name.startsWith(words.join("")) ? 0 : hasAll(name) ? 1 : 2);
  const rides = found(RIDES).map((ride) => [distance(keysOf(ride)), ride]).sort(([a], [b]) => a - b);
  return { parks: found(PARKS), rides: rides.map(([, ride]) => ride) };
}

function list(dialog) {
  const results = dialog.querySelector("#search-results");
  const words = plain(dialog.querySelector("input").value).split(" ").filter(Boolean);
  if (!lastAnswer(PARKS) || !lastAnswer(RIDES)) return;
  if (!words.length) {
    results.replaceChildren();
    say(dialog, !lastAnswer(RIDES).total_count ? "Nothing can be searched yet: the first readings have not arrived." : `${plural(lastAnswer(PARKS).total_count, "park", "parks")} and ${plural(lastAnswer(RIDES).total_count, "ride", "rides")} can be searched.`);
    return;
  }
  const state = readAddress(location.search);
  const { parks, rides } = find(words);
  const found = [
    ...parks.map((park) => [toView(state, "park", { park: String(park.park_id) }), park.park_name, park.location ?? "Park"]),
    ...rides.map((ride) => [toView(state, "ride", { ride: String(ride.ride_id) }), ride.ride_name, ride.park_name]),
  ];
  results.replaceChildren(...found.slice(0, MOST).map(([address, name, place]) =>
    h("li", {}, h("a", { href: address, "data-action": "close-dialog" }, h("span", {}, name), h("span", { class: "quiet" }, place)))));
  if (!found.length) results.append(h("li", {}, h("a", { href: toView(state, "parks"), "data-action": "close-dialog" }, h("span", {}, "All parks"))));
  say(dialog, found.length > MOST ? `The first ${MOST} of ${plural(found.length, "result", "results")}` : found.length ? plural(found.length, "result", "results") : "Nothing of that name is tracked. A part of the name is enough.");
}

function say(dialog, text) {
  dialog.querySelector("#search-count").textContent = text;
}

/** Down and Up walk from the field through the results; Enter in the field follows the first. */
function moveThrough(event) {
  const stops = [...event.currentTarget.querySelectorAll("input, #search-results a")];
  const here = stops.indexOf(document.activeElement);
  if (event.key === "Enter" && here === 0 && stops.length > 1) {
    event.preventDefault();
    stops[1].click();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || here < 0) return;
  event.preventDefault();
  stops[Math.min(Math.max(here + step, 0), stops.length - 1)].focus();
}
