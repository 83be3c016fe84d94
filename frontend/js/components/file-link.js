// A CSV file of rows that are here already: the tables of one park or ride, which have no address of their own.

import { isSimulated } from "../api-client.js";
import { h } from "../dom/element.js";

/** A saved file has no banner: its name says that what is in it is made up. */
export function fileName(what) {
  return `${what}${isSimulated() ? "-simulated" : ""}.csv`;
}

/** rows: objects with the same fields, as the API gives them; null is empty. */
export function fileLink(rows, what) {
  const name = fileName(what);
  const fields = Object.keys(rows[0]);
  const lines = [fields, ...rows.map((row) => fields.map((field) => row[field] ?? ""))];
  const text = lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
  return h(
    "div",
    { class: "table-foot" },
    h("a", { class: "csv", href: `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`, download: name }, `Download ${name}`),
  );
}

// full-width signs, blanks and a leading BOM too make sheets read a cell as a formula
const FORMULA = /^[\s\uFEFF]*[=+\-@＝＋－＠]|^[\t\r]/;

function quoted(value) {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
