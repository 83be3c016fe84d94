// The answers that a view needs: those remembered, or those asked for now.

import { ask, lastAnswer } from "../api-client.js";

/** Remembered answers by name, or null when one that is needed is missing. */
export function rememberedAnswers(view, questions) {
  const answers = {};
  for (const [name, address] of Object.entries(questions)) {
    answers[name] = lastAnswer(address);
    if (!answers[name] && !view.optional?.includes(name)) return null;
  }
  return answers;
}

/** Asks everything again. Resolves with {isNew}; rejects with the first ApiError that matters. */
export async function refresh(view, questions) {
  const asked = Object.entries(questions).map(async ([name, address]) => {
    try {
      return (await ask(address)).isNew;
    } catch (error) {
      if (view.optional?.includes(name) && error.status === 404) return true;
      throw error;
    }
  });
  const settled = await Promise.allSettled(asked);
  const refused = settled.find(({ status }) => status === "rejected");
  if (refused) throw refused.reason;
  return { isNew: settled.some(({ value }) => value) };
}
