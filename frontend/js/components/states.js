// What a view shows when it has no rows: loading, nothing to show, or a reason why not, and the way on.

import { h, picture } from "../dom/element.js";
import { periodText } from "../format/periods.js";
import { longDate } from "../format/times.js";
import { toView, withChange } from "../router.js";

export function loading() {
  return h(
    "div",
    { class: "state loading", "data-key": "state-loading" },
    h("p", {}, "Loading the figures…"),
    h("div", { class: "ghost", "aria-hidden": "true" }, Array.from({ length: 6 }, () => h("span"))),
  );
}

/** ways: links or buttons, see below. */
export function nothing(title, text, ...ways) {
  return state("empty", "art-horse", title, text, ways);
}

export function way(text, address) {
  return h("a", { class: "way", href: address }, text);
}

/** Why a list is empty: nothing was read yet, the choice above leaves nothing, or nothing is tracked. */
export function noRows(asked, what, { last_updated: lastUpdated }) {
  if (!lastUpdated) {
    return nothing(`No ${what} yet`, "The first readings have not arrived. This page fills by itself when they do.", ABOUT);
  }
  if (asked.filter !== "all-parks") {
    return nothing(`No ${what} here`, "None of the tracked parks belongs to Disney or Universal.", way("Show all parks", withChange(asked, { filter: "all-parks" })));
  }
  return nothing(`No ${what} are tracked`, "None of the parks that were read is among those to be shown.", ABOUT);
}

export function failed(error, asked) {
  const { title, text, ways } = failure(error, asked);
  return state("failed", "art-castle", title, text, ways);
}

const RETRY = ["Try again", "retry"];
const SEARCH = ["Search", "search"];
const ABOUT = ["How the numbers are made", "about"];
const SUBJECTS = { park: ["park", "parks", "All parks"], ride: ["ride", "rides", "All rides"] };

function failure(error, asked) {
  if (error.status === 404 && error.details.resource_type === "period") {
    return {
      title: `Nothing is known of ${periodText(asked.period)}`,
      text: known(error.details),
      ways: [way("Show today", withChange(asked, { period: "today" }))],
    };
  }
  if (error.status === 404 && SUBJECTS[asked.view]) {
    const [what, list, all] = SUBJECTS[asked.view];
    return {
      title: `This ${what} is not tracked`,
      text: `There is no ${what} with the number ${asked[what]} here. The address may have a slip, or Queue-Times.com no longer lists it.`,
      ways: [way(all, toView(asked, list)), SEARCH],
    };
  }
  if (error.status === 400) {
    return {
      title: "This address asks for something unknown",
      text: sentence(error.message),
      ways: [way("Show this view as usual", toView(asked, asked.view, { park: asked.park, ride: asked.ride }))],
    };
  }
  if (error.status === 429) {
    const when = error.retryAfter ? `in ${error.retryAfter} seconds` : "in a minute";
    return { title: "A short pause", text: `Too many questions came from your address. Please try again ${when}.`, ways: [RETRY] };
  }
  if (error.code === "UNDRAWABLE") {
    return { title: "This view could not be drawn", text: "That is a fault of this page, and not of your address.", ways: [way("All parks", toView(asked, "parks"))] };
  }
  return {
    title: "The figures could not be loaded",
    text: `${sentence(error.message)} The page tries again by itself every minute.`,
    ways: [RETRY],
  };
}

function known({ first_date: first, last_date: last }) {
  return first ? `What has been observed here begins on ${longDate(first)} and ends on ${longDate(last)}.` : "Nothing has been observed here yet.";
}

/** Whether asking again in a minute can help. */
export function mayPass(error) {
  return ![400, 404].includes(error.status);
}

const sentence = (text) => text.replace(/\.?$/, ".");

function state(kind, art, title, text, ways) {
  return h(
    "div",
    { class: `state ${kind}`, "data-key": `state-${kind}` },
    picture(art, "state-art"),
    h("div", {}, h("h2", {}, title), h("p", {}, text),
      ways.length ? h("p", { class: "ways" }, ways.map((each) => (Array.isArray(each) ? button(...each) : each))) : null),
  );
}

function button(text, action) {
  return h("button", { type: "button", "data-action": action }, text);
}
