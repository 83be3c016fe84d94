// What programs read in the page's head: the one address of what is shown, and its feed. Both follow the view.

import { h } from "./dom/element.js";
import { canonicalAddress } from "./router.js";

export const ATOM = "application/atom+xml";

/** The feed of a park or a ride; null: this view has none. */
export function feedAddress({ view, park, ride }) {
  if (view === "park") return `feeds/parks/${park}.atom`;
  return view === "ride" ? `feeds/rides/${ride}.atom` : null;
}

export function describeInHead(state, title) {
  describeAddress(state);
  describeFeed(state, title);
}

/** Whole, from the address of the site that the page was given: www. or a port beside it is the same page. */
function describeAddress(state) {
  const site = document.head.querySelector('link[rel="home"]').href;
  const link = document.head.querySelector('link[rel="canonical"]') ?? document.head.appendChild(h("link", { rel: "canonical" }));
  link.setAttribute("href", new URL(canonicalAddress(state), site));
}

function describeFeed(state, title) {
  const feed = feedAddress(state);
  const known = document.head.querySelector(`link[rel="alternate"][type="${ATOM}"]`);
  if (!feed) return known?.remove();
  const link = known ?? document.head.appendChild(h("link", { rel: "alternate", type: ATOM }));
  link.setAttribute("href", feed);
  link.setAttribute("title", `${title}: down and running again`);
}
