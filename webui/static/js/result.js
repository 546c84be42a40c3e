// What a set was like: repetitions as a strip, the best streak, the one thing to work on.

import { find, setData, setNumber, setText } from "./dom.js";
import { formatCount, text } from "./messages.js";
import { advice } from "./view.js";

const MANY = 24; // so many marks need to be smaller
const MOST = 96; // and more than these are not told apart

/** One mark for each repetition, told by shape, colour and name. */
export function paintStrip(strip, qualities) {
  const shown = qualities.slice(-MOST);
  if (strip.dataset.shown === String(shown)) return;
  strip.dataset.shown = String(shown);
  setData(strip, "many", shown.length > MANY);
  strip.replaceChildren(...shown.map(mark));
}

function mark(quality) {
  const item = document.createElement("li");
  item.dataset.quality = quality;
  const name = document.createElement("span");
  name.className = "visually-hidden";
  name.textContent = text(`quality.${quality}`);
  item.append(name);
  return item;
}

/** Paint the result panel from the state. */
export function paintResult(state) {
  paintStrip(find("#strip"), state.qualities);
  setNumber(find("#done"), formatCount(state.rep_count), text("nothing"));
  setText(find("#streak"), text("inARow", { count: formatCount(state.best_streak) }));
  setText(find("#work"), advice(state));
  const usable = state.usable_deg ?? null;
  find("#usable-line").hidden = usable === null;
  if (usable !== null) setText(find("#usable"), text("usable", { degrees: formatCount(Math.round(usable)) }));
}
