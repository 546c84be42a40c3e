// Changing the page only where something changed.

export const find = (selector) => document.querySelector(selector);

export function setText(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

export function setData(element, name, value) {
  if (element.dataset[name] !== String(value)) element.dataset[name] = value;
}

/** A number that may be unknown; the style sheet makes it fit by its digits. */
export function setNumber(element, value, nothing) {
  setText(element, value ?? nothing);
  setData(element, "known", value !== null);
  setData(element, "digits", element.textContent.length);
}
