// Before the first readings: why there are none, in the words of /api/health.

import { ask } from "../api-client.js";

/** A sentence, or null when nothing is known to be wrong. */
export async function whyNothing() {
  try {
    const { body } = await ask("/api/health");
    return body.checks.data_collection.message;
  } catch {
    return null;
  }
}
