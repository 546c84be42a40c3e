// Commands to the recorder; each is confirmed or refused with its reason, in one line.

import { find, setText } from "../dom.js";
import { formatLoad, text } from "../messages.js";

/** Send a command; what came of it stands in `#answer`. */
export async function command(verb, args = {}) {
  const answer = find("#answer");
  answer.dataset.ok = "waiting";
  setText(answer, text("command.sending"));
  const { ok, line } = await send(verb, args);
  answer.dataset.ok = String(ok);
  setText(answer, ok ? text(`command.done.${verb}`) : text("command.refused", { reason: line }));
  return ok;
}

const TRIES = 5; // while nothing is known of it: asked again with the same key, it is done once

async function send(verb, args) {
  try {
    const request = {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key() },
      body: JSON.stringify(args),
    };
    let response;
    for (let tries = 0; tries < TRIES && (response?.status ?? 202) === 202; tries += 1) {
      response = await fetch(`/api/v1/commands/${verb}`, request);
    }
    if (response.status === 202) return { ok: false, line: text("command.notKnown") };
    if (response.ok) return { ok: true };
    if (response.status === 503) return { ok: false, line: text("command.noRecorder") };
    return { ok: false, line: reason(await response.json()) };
  } catch {
    return { ok: false, line: text("command.unheard") };
  }
}

/** A refusal in the viewer's language, else in the recorder's words. */
function reason({ code, values, detail }) {
  const shown = Object.entries(values ?? {}).map(([name, value]) => [name, inWords(value)]);
  return text(`refusal.${code}`, Object.fromEntries(shown)) ?? detail;
}

const inWords = (value) => typeof value === "number" ? formatLoad(value) : text(`sensor.${value}`) ?? value;

/** `crypto.randomUUID` is missing on plain HTTP; random values are not. */
function key() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16)).join("-");
}

/** A button with `data-verb`, and forms whose fields are the arguments. */
export function listen() {
  for (const button of document.querySelectorAll("button[data-verb]")) {
    button.addEventListener("click", () => during(button, () => command(button.dataset.verb)));
  }
  for (const form of document.querySelectorAll("form[data-verb]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const args = Object.fromEntries([...form.elements].filter((field) => field.name).map(valueOf));
      during(form.querySelector("button"), () => command(form.dataset.verb, args));
    });
  }
}

async function during(button, work) {
  button.disabled = true;
  try {
    await work();
  } finally {
    button.disabled = false;
  }
}

function valueOf(field) {
  if (field.type === "checkbox") return [field.name, field.checked];
  return [field.name, field.type === "number" ? field.valueAsNumber : field.value.trim()];
}
