// Which module draws which view; fetched when the view is first seen.

import { ApiError } from "./api-client.js";

const MODULES = {
  parks: () => import("./components/park-rankings.js").then((module) => module.parks),
  rides: () => import("./components/ride-performance.js").then((module) => module.rides),
  waittimes: () => import("./components/wait-times.js").then((module) => module.waits),
  trends: () => import("./components/trends.js").then((module) => module.trends),
  now: () => import("./components/down-now.js").then((module) => module.downNow),
  park: () => import("./components/park-details.js").then((module) => module.park),
  ride: () => import("./components/ride-details.js").then((module) => module.ride),
};
const loaded = new Map();

/** The view, or null while its module is on its way. */
export function loadedView(name) {
  return loaded.get(name) ?? null;
}

export async function loadView(name) {
  try {
    loaded.set(name, await MODULES[name]());
  } catch {
    throw new ApiError("UNREACHABLE", "The server cannot be reached.");
  }
}
