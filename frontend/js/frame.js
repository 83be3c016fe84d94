// The frame around every view: navigation, title, one sentence, switches; and where the focus goes.

import { ApiError } from "./api-client.js";
import { failed, loading } from "./components/states.js";
import { switches } from "./components/switches.js";
import { h } from "./dom/element.js";
import { morphChildren } from "./dom/morph.js";
import { describeInHead } from "./head.js";
import { toView } from "./router.js";

const VIEWS = [["parks", "Parks"], ["rides", "Rides"], ["waittimes", "Wait times"], ["trends", "Trends"], ["now", "Down now"]];
const NAMES = new Map(VIEWS);
const ABOVE = { park: "parks", ride: "rides" };

export function drawNavigation(state) {
  const current = ABOVE[state.view] ?? state.view;
  morphChildren(document.getElementById("views"), VIEWS.map(([view, name]) => {
    const isHere = view === state.view;
    return h("li", { "data-key": view }, h(
      "a",
      { href: toView(state, view, view === "trends" && state.period === "today" ? { period: "7days" } : {}), "aria-current": isHere ? "page" : view === current ? "true" : null },
      name,
    ));
  }));
}

let shown = null; // the answers that stand on the page

/** `view` is null while its module is on its way. */
export function drawView(view, state, { answers, error }) {
  const place = document.getElementById("view");
  const isWaiting = !answers && !error;
  place.setAttribute("aria-busy", String(isWaiting));
  const subject = [state.view, state.park, state.ride].join();
  // while another order or period is on its way, the rows and the focus on them stay
  const keeps = isWaiting && place.dataset.subject === subject ? [...place.children].slice(2) : null;
  place.dataset.subject = subject;
  shown = keeps ? shown : answers;
  const [title, sentence] = keeps
    ? [...place.querySelector(".heading-words").children].map((element) => element.textContent)
    : [view?.title(state, answers) ?? NAMES.get(state.view) ?? "", view?.sentence(state, answers)];
  document.title = `${title} · Theme Park Downtime Tracker`;
  describeInHead(state, title);
  // notices come with the first answer, below what stands there already, so that it does not jump
  const notices = document.getElementById("notices");
  morphChildren(place, [heading(view, state, title, sentence), notices].concat(keeps ?? content(view, state, answers, error)));
}

function heading(view, state, title, sentence) {
  return h(
    "div",
    { class: "heading", "data-key": "heading" },
    h("div", { class: "heading-words" }, h("h1", { id: "title", tabindex: "-1" }, title), h("p", {}, sentence)),
    // what has a name of its own is not known to be there before it is answered
    shown || !ABOVE[state.view] ? switches(...(view?.switches(state, shown) ?? [])) : null,
  );
}

function content(view, state, answers, error) {
  if (!answers) return [error ? failed(error, state) : loading()];
  try {
    return view.content(state, answers).flat(Infinity).filter(Boolean);
  } catch (fault) {
    console.error(fault); // a page that says so is better than one that loads for ever
    return [failed(new ApiError("UNDRAWABLE", "The answer could not be drawn."), state)];
  }
}

/** Into a new view: its title is read first, and the page stands at its top (or where it was, on Back). */
export function moveFocus(top) {
  if (!document.querySelector("dialog[open]")) document.getElementById("title").focus({ preventScroll: true });
  scrollTo(0, top);
}
