// Light or dark: as the system wishes, or as the visitor chose. Runs before the first paint, hence no module.

(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage is switched off
    }
  }

  function apply() {
    root.dataset.theme = chosen() ?? (dark.matches ? "dark" : "light");
    const label = document.querySelector("#switch-theme span");
    if (label) label.textContent = root.dataset.theme === "dark" ? "Light" : "Dark";
  }

  function turn() {
    const next = root.dataset.theme === "dark" ? "light" : "dark";
    const isSystems = next === (dark.matches ? "dark" : "light");
    try {
      if (isSystems) localStorage.removeItem("theme");
      else localStorage.setItem("theme", next);
    } catch {
      root.dataset.theme = next;
      return;
    }
    apply();
  }

  apply();
  dark.addEventListener("change", apply);
  addEventListener("DOMContentLoaded", () => {
    apply();
    document.getElementById("switch-theme")?.addEventListener("click", turn);
  });
})();
