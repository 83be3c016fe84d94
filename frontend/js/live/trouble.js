// Before the first readings: why there are none, as far as it concerns a visitor.

import { ask } from "../api-client.js";

const FEED_AWAY = "Queue-Times.com cannot be reached at the moment. The first figures appear here as soon as it answers.";

/** A sentence, or null when nothing is known to be wrong. */
export async function whyNothing() {
  try {
    const { body } = await ask("/api/health");
    return body.checks.data_collection.feed_answers === false ? FEED_AWAY : null;
  } catch {
    return null;
  }
}
