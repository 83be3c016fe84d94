// A CSV file of rows that are here already: the tables of one park or ride, which have no address of their own.

import { h } from "../dom/element.js";

/** rows: objects with the same fields, as the API gives them; null is empty. */
export function fileLink(rows, what) {
  const fields = Object.keys(rows[0]);
  const lines = [fields, ...rows.map((row) => fields.map((field) => row[field] ?? ""))];
  const text = lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
  return h(
    "div",
    { class: "table-foot" },
    h("a", { class: "csv", href: `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`, download: `${what}.csv` }, `Download ${what}.csv`),
  );
}

function quoted(value) {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
