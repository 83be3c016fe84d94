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

/**
 * Asks everything again. Resolves with {isNew}; rejects with the first ApiError that matters.
 * Some questions arise from the first answers: how many pages there are, only the first page tells.
 */
export async function refresh(view, state) {
  const asked = new Set();
  let isNew = false;
  for (;;) {
    const open = Object.entries(view.questions(state)).filter(([, address]) => !asked.has(address));
    if (open.length === 0) return { isNew };
    for (const [, address] of open) asked.add(address);
    isNew = (await askAll(view, open)) || isNew;
  }
}

async function askAll(view, questions) {
  const settled = await Promise.allSettled(questions.map(async ([name, address]) => {
    try {
      return (await ask(address)).isNew;
    } catch (error) {
      if (view.optional?.includes(name) && error.status === 404) return true;
      throw error;
    }
  }));
  const refused = settled.find(({ status }) => status === "rejected");
  if (refused) throw refused.reason;
  return settled.some(({ value }) => value);
}
