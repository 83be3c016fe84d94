// Dialogs: modal, closed by button, Escape or a click outside, and the focus goes back where it was.

import { h, picture } from "./element.js";

/** Opens `dialog`; `onClose` runs once, however it is closed. */
export function openDialog(dialog, onClose = () => {}) {
  if (dialog.open) return;
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    onClose();
    giveBack(before);
  }, { once: true });
  dialog.showModal();
}

/** To be called once per dialog. */
export function closableFromOutside(dialog) {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-action='close-dialog']")) dialog.close();
  });
}

export function closeButton() {
  return h("button", { type: "button", class: "close", "data-action": "close-dialog" }, picture("mark-close", "mark"), h("span", { class: "unseen" }, "Close"));
}

function giveBack(element) {
  if (element && element !== document.body && element.isConnected) element.focus({ preventScroll: true });
}
