// View 8: what this project is for, how its numbers are made, and what they cannot say.

import { h } from "../dom/element.js";
import { closeButton } from "../dom/dialogs.js";
import { CREDIT_ADDRESS, queueTimesLink } from "./links.js";

const PARTS = [
  ["What this is", [
    "Theme parks post every few minutes whether each ride is open. We read that every ten minutes and work out when a ride was down while its park was running: which rides stop often, for how long, and whether it gets better.",
    "It helps to plan a day, and to compare parks fairly.",
  ]],
  ["With respect for the crews", [
    "A ride that stops is a ride that watches over its guests. Sensors, operators and maintenance crews stop it because something has to be looked at, and half of the stops that we count are over within about half an hour. Nothing here says that a park or a crew does its work badly: large, complex rides stop more often than simple ones.",
  ]],
  ["How the numbers are made", [
    "A closed ride is rarely a broken one. Most closed hours belong to rides that open later than their park, close earlier or do not open that day. We count as downtime only outages: the ride was open, closed, and opened again on the same operating day of its park.",
    "A park runs while at least two of its rides, and a tenth of the most that were open in the last 24 hours, are open. Rides and water slides count; shows, meetings with characters and single-rider lines are shown and not counted.",
    "A closure that is not over is called ongoing and stands beside the totals until it is. Late openings, early closings and days without operation are told apart and never counted as downtime.",
    "When a quarter of the rides that should be open, and at least three, are down together, the time is park-wide. It counts, and every ranking can be seen with and without it.",
    "Uptime is open time as a share of open and down time. The trend compares the rate of downtime with the period before. The weighted score counts a major attraction three times and a standard one twice, for each hour of downtime, against all rides of the park that operated.",
    "A week is a small sample: with other days in it many ranks would be others. So each night draws the days of the period 200 times and ranks anew; the small figures beside a rank, such as 2–6, say where it lies in nine of ten draws. Where two such ranges overlap, nobody knows which of both is the worse.",
    "Days are the park's own local days, and times are told in its time zone.",
  ]],
  ["What they cannot say", [
    "Why a ride stopped: a storm, a guest who needed time and a fault look the same from here. Nor what happened between two readings, or in an hour in which no readings arrived: that time counts neither as open nor as down, and the share of the time that we did observe is shown where it is below 95 %.",
    "Whether a ride that is Down now opens again: a part of them turns out to have closed for the day, and the totals wait until that is known. A breakdown that lasts until closing looks like an early closing, and one before the first opening like a late one, so the totals say rather too little than too much.",
    "A ride that never opened on a day may be closed for the season, under refurbishment or broken. We say only that it did not open.",
  ]],
];

export function fillAbout(dialog) {
  build(dialog);
  dialog.scrollTop = 0;
  dialog.querySelector("button").focus();
}

function build(dialog) {
  if (dialog.querySelector("#about-title")) return;
  dialog.replaceChildren(
    h("div", { class: "dialog-head" }, h("h2", { id: "about-title" }, "About this project"), closeButton()),
    h("div", { class: "prose" },
      h("p", {}, queueTimesLink("Data powered by Queue-Times.com", CREDIT_ADDRESS)),
      PARTS.map(([title, paragraphs]) => [h("h3", {}, title), paragraphs.map((text) => h("p", {}, text))]),
      h("p", {}, h("a", { href: "method.html" }, "Every rule, a day in a picture, and how true the numbers are"), "."),
      h("h3", {}, "Where the readings come from"),
      h("p", {}, queueTimesLink("Queue-Times.com", CREDIT_ADDRESS),
        " collects the wait times of parks all over the world and shares them freely. For charts of wait times and crowd calendars, visit them."),
      h("p", {}, "This project belongs to no park. All figures can be had as CSV files and through ", h("a", { href: "api/docs" }, "the API"), ".")),
  );
}
