// Makes elements. Text is always a text node, so that a ride's name can never become markup.

const SVG = "http://www.w3.org/2000/svg";

/** h("p", {class: "note"}, "text", child, null): false and null children and attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** A picture of the page's own sprite, see the symbols in index.html. */
export function picture(symbol, className) {
  return svg("svg", { class: className, "aria-hidden": "true", focusable: "false" }, svg("use", { href: `#${symbol}` }));
}

/** Words for a screen reader that the eye does not need. */
export function unseen(text) {
  return h("span", { class: "unseen" }, text);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "vars") {
      for (const [property, size] of Object.entries(value)) element.style.setProperty(property, size);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child);
  }
}
