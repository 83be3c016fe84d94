// What a view shows when it has no rows: loading, nothing to show, or a reason why not.

import { h, picture } from "../dom/element.js";

export function loading() {
  return h(
    "div",
    { class: "state loading", "data-key": "state-loading" },
    h("p", {}, "Loading the figures…"),
    h("div", { class: "ghost", "aria-hidden": "true" }, Array.from({ length: 6 }, () => h("span"))),
  );
}

export function nothing(title, text) {
  return h(
    "div",
    { class: "state empty", "data-key": "state-empty" },
    picture("art-horse", "state-art"),
    h("div", {}, h("h2", {}, title), h("p", {}, text)),
  );
}

export function failed(error) {
  return h(
    "div",
    { class: "state failed", "data-key": "state-failed" },
    picture("art-castle", "state-art"),
    h("div", {}, h("h2", {}, headline(error)), h("p", {}, explanation(error)),
      h("button", { type: "button", "data-action": "retry" }, "Try again")),
  );
}

function headline(error) {
  if (error.status === 404) return "There is no such page";
  if (error.status === 429) return "A short pause";
  return "The figures could not be loaded";
}

function explanation(error) {
  if (error.status === 429 && error.retryAfter) {
    return `Too many questions came from your address. Please try again in ${error.retryAfter} seconds.`;
  }
  return `${error.message.replace(/\.?$/, ".")} The page tries again by itself every minute.`;
}
