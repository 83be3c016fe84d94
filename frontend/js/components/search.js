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

/** Without accents, case and punctuation: "Rémy's" is found by "remys". */
function plain(text) {
  return text.normalize("NFD").replace(/[^\p{L}\p{N} ]/gu, "").toLowerCase();
}

function find(query) {
  const words = plain(query).split(" ").filter(Boolean);
  const match = (text) => words.every((word) => plain(text).includes(word));
  const parks = lastAnswer(PARKS).data.filter((park) => match(`${park.park_name} ${park.location ?? ""}`));
  const rides = lastAnswer(RIDES).data.filter((ride) => match(`${ride.ride_name} ${ride.park_name}`));
  const distance = ({ ride_name: name }) => (plain(name).startsWith(words[0]) ? 0 : words.every((word) => plain(name).includes(word)) ? 1 : 2);
  return { parks, rides: rides.map((ride) => [distance(ride), ride]).sort(([a], [b]) => a - b).map(([, ride]) => ride) };
}

function list(dialog) {
  const results = dialog.querySelector("#search-results");
  const query = dialog.querySelector("input").value.trim();
  if (!lastAnswer(PARKS) || !lastAnswer(RIDES)) return;
  if (!query) {
    results.replaceChildren();
    say(dialog, `${plural(lastAnswer(PARKS).total_count, "park", "parks")} and ${plural(lastAnswer(RIDES).total_count, "ride", "rides")} can be searched.`);
    return;
  }
  const state = readAddress(location.search);
  const { parks, rides } = find(query);
  const found = [
    ...parks.map((park) => [toView(state, "park", { park: String(park.park_id) }), park.park_name, park.location ?? "Park"]),
    ...rides.map((ride) => [toView(state, "ride", { ride: String(ride.ride_id) }), ride.ride_name, ride.park_name]),
  ];
  results.replaceChildren(...found.slice(0, MOST).map(([address, name, place]) =>
    h("li", {}, h("a", { href: address, "data-action": "close-dialog" }, h("span", {}, name), h("span", { class: "quiet" }, place)))));
  say(dialog, found.length > MOST ? `The first ${MOST} of ${plural(found.length, "result", "results")}` : found.length ? plural(found.length, "result", "results") : "Nothing of that name is tracked.");
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
