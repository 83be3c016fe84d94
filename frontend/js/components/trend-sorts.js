// How each of the four trend tables is sorted, in one parameter: rides-improving.ride_name.asc,parks-declining...

export function sortIn(sort, category) {
  for (const part of (sort ?? "").split(",")) {
    const [table, field, order] = part.split(".");
    if (table === category && field) return { field, order: order === "desc" ? "desc" : "asc" };
  }
  return { field: null, order: null };
}

export function withSort(sort, category, field, order) {
  const others = (sort ?? "").split(",").filter((part) => part && !part.startsWith(`${category}.`));
  return [...others, `${category}.${field}.${order}`].join(",");
}
