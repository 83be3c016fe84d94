// The two dialogs, which open over every view. "About" has an address, so Back closes it.

import { closableFromOutside, closeButton, openDialog } from "../dom/dialogs.js";
import { h } from "../dom/element.js";
import { leaveAbout, openAbout } from "../router.js";

const about = document.getElementById("about");
const search = document.getElementById("search");

export function startDialogs() {
  closableFromOutside(about);
  closableFromOutside(search);
  for (const id of ["open-about", "open-about-below"]) {
    document.getElementById(id).addEventListener("click", openAbout);
  }
  document.getElementById("open-search").addEventListener("click", showSearch);
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, select");
    const isWished = (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey)
      || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
    if (!isWished || about.open) return;
    event.preventDefault();
    showSearch();
  });
}

export function showAbout(isWished) {
  if (!isWished) {
    if (about.open) about.close();
    return;
  }
  openDialog(about, leaveAbout);
  fill(about, () => import("../components/about.js").then(({ fillAbout }) => fillAbout(about)));
}

async function showSearch() {
  openDialog(search);
  await fill(search, () => import("../components/search.js").then(({ fillSearch }) => fillSearch(search)));
}

/** What is in a dialog is fetched when it first opens. */
async function fill(dialog, load) {
  try {
    await load();
  } catch {
    dialog.replaceChildren(closeButton(), h("p", {}, "The server cannot be reached."));
  }
}
