// A few named facts under a heading.

import { h } from "../dom/element.js";

/** pairs: [name, value]; null pairs are left out. */
export function facts(title, pairs) {
  return h(
    "section",
    { class: "facts", "data-key": `facts-${title}` },
    h("h2", {}, title),
    h("dl", {}, pairs.filter(Boolean).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, typeof value === "number" ? String(value) : value)))),
  );
}
