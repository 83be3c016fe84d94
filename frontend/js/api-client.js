// Asks the API. Every answer is remembered with its ETag, so that asking again costs one short 304.

const MOST_REMEMBERED = 60;
const remembered = new Map(); // address -> {etag, body}, the latest used last
const underway = new Map();
let shownMoment = null; // set where the server shows an earlier moment (--as-of)
let historyState = null; // a sentence while the server fills its history in
let madeUp = false; // whether the last new answer was of simulated data
let serverMinusLocal = 0; // milliseconds; a visitor's clock may be wrong

export class ApiError extends Error {
  constructor(code, message, { status = 0, retryAfter = null, details = {} } = {}) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
    this.details = details;
  }
}

/** The server's clock, in milliseconds; the earlier moment where it shows one. */
export function serverNow() {
  return shownMoment ? Date.parse(shownMoment) : Date.now() + serverMinusLocal;
}

/** The earlier moment that the server shows instead of now, or null. */
export function earlierMoment() {
  return shownMoment;
}

/** How far the server has filled its history in, in its own words; null when all is there. */
export function missingHistory() {
  return historyState;
}

export function isSimulated() {
  return madeUp;
}

/** What was answered before, or null. */
export function lastAnswer(address) {
  return remembered.get(address)?.body ?? null;
}

/** Resolves with {body, isNew}; isNew is false when the server says that nothing changed. */
export function ask(address) {
  if (!underway.has(address)) {
    underway.set(address, send(address).finally(() => underway.delete(address)));
  }
  return underway.get(address);
}

// That of the description: in another, caches in front of the server keep no answer.
const ORDER = ["category", "mode", "period", "filter", "weighted", "park_wide", "limit", "park_id", "sort", "offset", "order", "format"];

/** "/api/parks/downtime" and {period: "today", limit: null} -> the address; null is left out. */
export function apiAddress(path, parameters = {}) {
  const given = Object.entries(parameters)
    .filter(([, value]) => value !== null && value !== undefined)
    .sort(([one], [other]) => ORDER.indexOf(one) - ORDER.indexOf(other));
  const query = new URLSearchParams(given).toString();
  return query ? `${path}?${query}` : path;
}

async function send(address) {
  const known = remembered.get(address);
  const headers = { Accept: "application/json" };
  if (known?.etag) headers["If-None-Match"] = known.etag;
  let response;
  try {
    // no-store: the browser's own cache would answer for the server and hide the 304
    response = await fetch(address, { headers, cache: "no-store", signal: AbortSignal.timeout(20000) });
  } catch {
    throw new ApiError("UNREACHABLE", "The server cannot be reached.");
  }
  const date = Date.parse(response.headers.get("Date"));
  const age = 1000 * Number(response.headers.get("Age")); // of a copy that a cache in front gave
  if (date) serverMinusLocal = date + age - Date.now();
  shownMoment = response.headers.get("X-As-Of");
  historyState = response.headers.get("X-History");
  const isKnown = known && (response.status === 304 || (response.ok && response.headers.get("ETag") === known.etag));
  if (isKnown) {
    remember(address, known);
    return { body: known.body, isNew: false };
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || body?.success !== true) throw refusal(response, body);
  madeUp = body.simulated === true;
  remember(address, { etag: response.headers.get("ETag"), body });
  return { body, isNew: true };
}

function refusal(response, body) {
  const { code = "INTERNAL_ERROR", message = "The server could not answer.", details = {} } = body?.error ?? {};
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  return new ApiError(code, message, { status: response.status, retryAfter, details });
}

function remember(address, answer) {
  remembered.delete(address);
  remembered.set(address, answer);
  if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value);
}
