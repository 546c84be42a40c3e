// The sound button and its panel: enable, volume, mute, switches.

import { find, setText } from "../dom.js";
import { table, text } from "../messages.js";
import { KINDS } from "./sounds.js";

export function soundPanel(sound) {
  const { settings } = sound;
  const button = find("#sound-button");
  const volume = find("#volume");
  const show = () => {
    const name = !sound.allowed ? "enable" : settings.muted ? "muted" : "on";
    setText(button, text(`sound.${name}`));
  };
  const changed = () => {
    sound.apply();
    show();
  };
  for (const happening of ["pointerdown", "keydown"]) {
    addEventListener(happening, () => sound.allow().then(show));
  }

  volume.value = settings.volume;
  volume.addEventListener("input", () => {
    settings.volume = Number(volume.value);
    changed();
  });
  volume.addEventListener("change", () => sound.play("rep"));
  addSwitch(find("#sound-kinds"), text("sound.mute"), settings.muted, (on) => {
    settings.muted = on;
    changed();
  });
  for (const kind of Object.keys(KINDS)) {
    addSwitch(find("#sound-kinds"), text(`sound.kind.${kind}`), settings.kinds[kind], (on) => {
      settings.kinds[kind] = on;
      changed();
    });
  }
  for (const cue of Object.keys(table.cue)) {
    addSwitch(find("#sound-cues"), text(`cue.${cue}`), settings.cues[cue] !== false, (on) => {
      settings.cues[cue] = on;
      changed();
    });
  }
  show();
}

function addSwitch(list, name, on, change) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", checked: on });
  box.addEventListener("change", () => change(box.checked));
  label.append(box, ` ${name}`);
  list.append(label);
}
