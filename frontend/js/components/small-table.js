// A short plain table that needs no sorting; it scrolls by itself where the screen is too narrow for it.

import { h } from "../dom/element.js";

/** heads: [[name, isFigure]]; rows: [[first, ...cells]], the first cell heads its row. */
export function smallTable({ caption, heads, rows }) {
  const kind = (column) => (heads[column][1] ? "figure" : null);
  return h(
    "div",
    { class: "table-frame small-table", role: "region", "aria-label": caption, tabindex: "0" },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map(([name], column) => h("th", { scope: "col", class: kind(column) }, name)))),
      h("tbody", {}, rows.map(([first, ...cells]) => h(
        "tr",
        {},
        h("th", { scope: "row" }, first),
        cells.map((cell, index) => h("td", { class: kind(index + 1) }, cell)),
      ))),
    ),
  );
}
