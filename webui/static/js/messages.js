// Texts and numbers in the viewer's language, which the server has chosen for the page.

export const language = document.documentElement.lang;
export const table = await (await fetch(`/static/texts/${language}.json`)).json();

/** The text at `path` ("flow.empty"), with `{name}` filled from `values`; null if there is none. */
export function text(path, values = {}) {
  const found = path.split(".").reduce((level, key) => level?.[key], table);
  if (typeof found !== "string") return null;
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A name from the rig as words, for what the catalogue does not know yet. */
export function words(name) {
  const spaced = name.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const wanted = [new URLSearchParams(location.search).get("lang"), ...navigator.languages];
const locale = wanted.find((tag) => tag?.slice(0, 2) === language) ?? language;
const format = (options) => new Intl.NumberFormat(locale, options).format;

export const formatShare = format({ style: "percent", maximumFractionDigits: 0 });
export const formatMore = format({ style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" });
export const formatCount = format({ maximumFractionDigits: 0 });
export const formatSeconds = format({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
export const formatLoad = format({ maximumFractionDigits: 1 });
