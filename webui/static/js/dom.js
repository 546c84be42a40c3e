// Changing the page only where something changed.

const found = new Map();

/** The one element that the selector names; the pages' own elements stay. */
export function find(selector) {
  if (!found.has(selector)) found.set(selector, document.querySelector(selector));
  return found.get(selector);
}

export function setText(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

export function setData(element, name, value) {
  if (element.dataset[name] !== String(value)) element.dataset[name] = value;
}

const styles = new WeakMap(); // the last values: reading them from the browser is slow

export function setStyle(element, name, value) {
  const known = styles.get(element) ?? styles.set(element, {}).get(element);
  if (known[name] === value) return;
  known[name] = value;
  element.style.setProperty(name, value);
}

/** A number that may be unknown; the style sheet makes it fit by its digits. */
export function setNumber(element, value, nothing) {
  setText(element, value ?? nothing);
  setData(element, "known", value !== null);
  setData(element, "digits", element.textContent.length);
}

/** The style sheet's colours by name as they are now; asking the browser each time costs a layout. */
export function colors(element) {
  const style = getComputedStyle(element);
  const known = new Map();
  return (name) => {
    if (!known.has(name)) known.set(name, style.getPropertyValue(`--${name}`).trim());
    return known.get(name);
  };
}
