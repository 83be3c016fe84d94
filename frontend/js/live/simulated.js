// Made-up data say so at the foot of every view, whatever is scrolled; there nothing moves when it appears.

export function showSimulated(answer) {
  document.getElementById("simulated").hidden = answer.simulated !== true;
}
