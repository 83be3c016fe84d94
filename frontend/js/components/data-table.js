// One table for every ranking: real header cells that sort over all rows, the figures lined up.
// On a narrow screen each row becomes a small card and the header a strip of sort buttons; the
// roles are written out because `display: grid` would take them away.

import { h, picture, unseen } from "../dom/element.js";

/**
 * caption: {what, rankedBy, first}: "Parks by downtime, longest first."
 * columns: [{field, label, cell(row), isText, className, isRowHeader, isUnsorted, first, orders: {asc, desc}}]
 * first: the order of the first click. orders: what comes first, in words, where it is neither a letter nor a size: "major first".
 * sort: {field, order, address(field, order)}
 */
export function dataTable({ name, caption, columns, rows, rowKey, sort, className = "", after = null }) {
  return h(
    "div",
    { class: `table-frame ${className}`, "data-key": `table-${name}` },
    h(
      "table",
      { role: "table" },
      h("caption", {}, sortedText(caption, columns, sort), h("span", { class: "how-to-sort" }, " Column heads sort all rows.")),
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, columns.map((column) => headerCell(column, sort)))),
      h("tbody", { role: "rowgroup" }, rows.map((row) => bodyRow(columns, row, rowKey(row)))),
    ),
    after,
  );
}

function headerCell(column, sort) {
  const cell = { scope: "col", role: "columnheader", class: classOf(column), "data-key": column.field };
  if (column.isUnsorted) return h("th", cell, unseen(column.label));
  const isSorted = sort.field === column.field;
  const first = column.first ?? (column.isText || column.field === "rank" ? "asc" : "desc");
  const order = isSorted ? sort.order : null;
  const next = order === null ? first : order === "asc" ? "desc" : "asc";
  const ariaSort = order === null ? null : order === "asc" ? "ascending" : "descending";
  return h(
    "th",
    { ...cell, "aria-sort": ariaSort },
    h(
      "button",
      { type: "button", "data-href": sort.address(column.field, next), "data-announce": announcement(column, next) },
      h("span", {}, column.label),
      order ? picture(order === "asc" ? "mark-up" : "mark-down", "sorted") : null,
    ),
  );
}

function sortedText({ what, rankedBy, first = "largest first" }, columns, { field, order }) {
  const column = columns.find((candidate) => candidate.field === field);
  const isRanking = field === "rank" && order === "asc";
  return isRanking
    ? `${what} by ${rankedBy}, ${first}.`
    : `${what}, sorted by ${column?.label.toLowerCase() ?? field.replaceAll("_", " ")}, ${direction(column, order)}.`;
}

function announcement(column, order) {
  return `Sorted by ${column.label.toLowerCase()}, ${direction(column, order)}`;
}

function direction(column, order) {
  if (column?.orders) return column.orders[order];
  if (column?.isText) return order === "asc" ? "A to Z" : "Z to A";
  return order === "asc" ? "smallest first" : "largest first";
}

function bodyRow(columns, row, key) {
  return h("tr", { role: "row", "data-key": `row-${key}` }, columns.map((column) => bodyCell(column, row)));
}

function bodyCell(column, row) {
  const content = column.cell(row);
  const attributes = { class: classOf(column), "data-label": column.label, "data-key": column.field };
  return column.isRowHeader
    ? h("th", { ...attributes, scope: "row", role: "rowheader" }, content)
    : h("td", { ...attributes, role: "cell" }, content);
}

function classOf(column) {
  return [`col-${column.field.replaceAll("_", "-")}`, column.isText ? "" : "figure", column.className].filter(Boolean).join(" ");
}

/** What stands first where a column is neither letters nor sizes. */
export const TIER_ORDERS = { asc: "major first", desc: "minor first" };
export const STATUS_ORDERS = { asc: "down first, then running, closed, unknown", desc: "unknown first, then closed, running, down" };
export const OPEN_ORDERS = { asc: "closed first", desc: "running first" };
export const TIME_ORDERS = { asc: "earliest first", desc: "latest first" };
export const LENGTH_ORDERS = { asc: "shortest first", desc: "longest first" };

/** How a table is sorted at this moment, from the address or the view's own order. */
export function sortOf(state, fallback, fallbackOrder, address) {
  const field = state.sort ?? fallback;
  const order = state.sort ? (state.order ?? "desc") : fallbackOrder;
  return { field, order, address };
}
