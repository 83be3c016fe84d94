// Changes what stands on the page into what should stand there, touching only what differs:
// focus, scroll positions, an open <details> and a screen reader's place survive a refresh.

/** Makes the children of `parent` look like `wanted` (a list of nodes). */
export function morphChildren(parent, wanted) {
  const keyed = new Map();
  for (const child of parent.children) {
    if (child.dataset.key) keyed.set(child.dataset.key, child);
  }
  let place = parent.firstChild;
  for (const node of wanted) {
    if (node === place) {
      place = place.nextSibling; // it is to stay as it is
      continue;
    }
    const partner = partnerOf(node, place, keyed);
    if (!partner) {
      parent.insertBefore(node, place);
      continue;
    }
    if (partner === place) place = place.nextSibling;
    else parent.insertBefore(partner, place);
    morph(partner, node);
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

function partnerOf(node, place, keyed) {
  const key = node.dataset?.key;
  if (key) {
    const partner = keyed.get(key);
    keyed.delete(key);
    return partner?.nodeName === node.nodeName ? partner : null;
  }
  if (!place || place.nodeName !== node.nodeName || place.dataset?.key) return null;
  return place;
}

function morph(old, wanted) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== wanted.data) old.data = wanted.data;
    return;
  }
  if (old.isEqualNode(wanted)) return;
  fadeIfChanged(old, wanted);
  morphAttributes(old, wanted);
  morphChildren(old, [...wanted.childNodes]);
}

function morphAttributes(old, wanted) {
  for (const { name } of [...old.attributes]) {
    if (!wanted.hasAttribute(name) && !isTheVisitors(old, name)) old.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (old.getAttribute(name) === value || isTheVisitors(old, name)) continue;
    // a style attribute set as text would need 'unsafe-inline'; the object model does not
    if (name === "style") old.style.cssText = wanted.style.cssText;
    else old.setAttribute(name, value);
  }
}

function isTheVisitors(element, name) {
  return element.nodeName === "DETAILS" && name === "open";
}

function fadeIfChanged(old, wanted) {
  if (!old.classList.contains("status") || old.textContent === wanted.textContent) return;
  old.getAnimations?.().forEach((animation) => animation.cancel());
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
    old.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 600 });
  }
}
