// What programs read in the page's head: the feed of what is shown. It follows the view.

import { h } from "./dom/element.js";

export const ATOM = "application/atom+xml";

/** The feed of a park or a ride; null: this view has none. */
export function feedAddress({ view, park, ride }) {
  if (view === "park") return `feeds/parks/${park}.atom`;
  return view === "ride" ? `feeds/rides/${ride}.atom` : null;
}

export function describeInHead(state, title) {
  const feed = feedAddress(state);
  const known = document.head.querySelector(`link[rel="alternate"][type="${ATOM}"]`);
  if (!feed) return known?.remove();
  const link = known ?? document.head.appendChild(h("link", { rel: "alternate", type: ATOM }));
  link.setAttribute("href", feed);
  link.setAttribute("title", `${title}: down and running again`);
}
