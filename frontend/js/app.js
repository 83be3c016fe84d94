// Starts the page: the address chooses a view, the view asks the API and is drawn, and every minute once more.

import { mayPass } from "./components/states.js";
import { drawNavigation, drawView, moveFocus } from "./frame.js";
import { startDialogs, showAbout } from "./live/panels.js";
import { startAge, showAge } from "./live/age.js";
import { refresh, rememberedAnswers } from "./live/answers.js";
import { announce } from "./live/announcer.js";
import { showNotices } from "./live/notices.js";
import { whyNothing } from "./live/trouble.js";
import { rememberedPlace, startRouter } from "./router.js";
import { loadedView, loadView } from "./views.js";

const EVERY = 60000;

let state = null;
let lastError = null;
let asking = 0;
let trouble = null;

function show(next, isBack) {
  const before = state;
  state = next;
  const isNewView = !before || ["view", "park", "ride"].some((name) => before[name] !== next[name]);
  showAbout(next.about);
  drawNavigation(state);
  lastError = null;
  const isDrawn = draw();
  if (isNewView && before) moveFocus(isBack && isDrawn ? rememberedPlace() : 0);
  return update().then(() => {
    if (isBack && !isDrawn && state === next) scrollTo(0, rememberedPlace());
  });
}

/** Draws what is known; false while nothing is. */
function draw() {
  const view = loadedView(state.view);
  const answers = view && rememberedAnswers(view, view.questions(state));
  const first = answers && Object.values(answers).find(Boolean);
  drawView(view, state, { answers, error: lastError });
  showNotices(first ?? null, lastError, trouble);
  if (first) showAge(first.last_updated);
  return answers !== null;
}

async function update() {
  const mine = ++asking;
  const { view: name } = state;
  const hadError = lastError !== null;
  try {
    const isFirst = !loadedView(name);
    if (isFirst) await loadView(name);
    if (mine !== asking) return;
    if (isFirst) draw();
    const view = loadedView(name);
    const { isNew } = await refresh(view, state);
    if (mine !== asking) return;
    lastError = null;
    if (isNew || hadError) draw();
    if (!document.querySelector("#age time")) await explainEmptiness();
  } catch (error) {
    if (mine !== asking) return;
    lastError = error;
    draw();
  }
}

async function explainEmptiness() {
  trouble = await whyNothing();
  if (trouble) draw();
}

/** The quiet refresh: says so only when something is new. */
async function refreshQuietly() {
  if (document.hidden || (lastError && !mayPass(lastError))) return;
  const before = document.getElementById("age").querySelector("time")?.dateTime;
  await update();
  const after = document.getElementById("age").querySelector("time")?.dateTime;
  if (before && after !== before) announce("The figures have been refreshed");
  else if (!lastError) draw(); // the notices tell how long ago
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-action='retry']")) update();
  for (const [action, button] of Object.entries({ search: "open-search", about: "open-about" })) {
    if (event.target.closest(`[data-action='${action}']`)) document.getElementById(button).click();
  }
  const said = event.target.closest("[data-announce]")?.dataset.announce;
  if (said) announce(said);
});
document.addEventListener("visibilitychange", refreshQuietly);
setInterval(refreshQuietly, EVERY);

startAge();
startDialogs();
startRouter(show);
