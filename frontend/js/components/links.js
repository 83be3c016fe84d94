// The two ways on from a name: out to Queue-Times.com, or in to our own details.

import { h, picture, unseen } from "../dom/element.js";
import { ATOM, feedAddress } from "../head.js";
import { toView } from "../router.js";

const QUEUE_TIMES = "https://queue-times.com";
/** Where the credit leads, as the site's owner asks. */
export const CREDIT_ADDRESS = `${QUEUE_TIMES}/en-US`;

/** The name, as the link to its page at Queue-Times.com. */
export function queueTimesLink(name, address, key) {
  if (!address?.startsWith(`${QUEUE_TIMES}/`)) return h("span", { class: "name" }, name);
  const last = name.lastIndexOf(" ") + 1; // the mark stays with the last word
  return h(
    "a",
    { class: "name", href: address, target: "_blank", rel: "noopener", "data-key": key },
    name.slice(0, last),
    h("span", { class: "unbroken" }, name.slice(last), picture("mark-external", "external")),
    unseen(" (at Queue-Times.com, opens in a new tab)"),
  );
}

/** The park of a ride's row; its page is the ride's page without its end. */
export function parkLink(row) {
  return queueTimesLink(row.park_name, row.queue_times_url.replace(/\/rides\/\d+$/, ""));
}

export function parkDetails(state, parkId, name) {
  return details(toView(state, "park", { park: String(parkId) }), name);
}

export function rideDetails(state, rideId, name) {
  return details(toView(state, "ride", { ride: String(rideId) }), name);
}

function details(address, name) {
  return h("a", { class: "details", href: address }, "Details", unseen(` of ${name}`));
}

/** What a reader of news follows. */
export function feedLink(state, name) {
  return h("a", { href: feedAddress(state), type: ATOM }, "Feed of closures", unseen(` of ${name} (Atom)`));
}

/** The way out, made prominent: wait-time charts and crowd calendars are theirs. */
export function queueTimesButton(text, address) {
  const link = queueTimesLink(text, address);
  link.classList.add("way-out");
  return link;
}
