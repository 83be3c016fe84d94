// Tells a screen reader what has just changed.

export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
