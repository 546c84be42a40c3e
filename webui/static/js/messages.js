// Texts and numbers in the viewer's language: `?lang=de`, else the browser's, else English.

import de from "./texts/de.js";
import en from "./texts/en.js";

const TABLES = { en, de };
const wanted = [new URLSearchParams(location.search).get("lang"), ...navigator.languages];
export const language = wanted.find((tag) => tag?.slice(0, 2) in TABLES)?.slice(0, 2) ?? "en";
export const table = TABLES[language];
export const tables = TABLES;

const look = (from, path) => path.split(".").reduce((level, key) => level?.[key], from);

/** The text at `path` ("flow.empty"), with `{name}` filled from `values`; null if there is none. */
export function text(path, values = {}) {
  const found = look(table, path) ?? look(en, path);
  if (typeof found !== "string") return null;
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A name from the rig as words, for what the catalogue does not know yet. */
export function words(name) {
  const spaced = name.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Fill every element that names its text: `data-text` the content, `data-label` the aria-label. */
export function translate(root = document) {
  document.documentElement.lang = language;
  for (const element of root.querySelectorAll("[data-text]")) {
    element.textContent = text(element.dataset.text);
  }
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label));
  }
}

const locale = wanted.find((tag) => tag?.slice(0, 2) === language) ?? language;
const format = (options) => new Intl.NumberFormat(locale, options).format;

export const formatShare = format({ style: "percent", maximumFractionDigits: 0 });
export const formatMore = format({ style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" });
export const formatCount = format({ maximumFractionDigits: 0 });
export const formatSeconds = format({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
export const formatLoad = format({ maximumFractionDigits: 1 });
