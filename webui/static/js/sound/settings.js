// What the listener chose, kept in this browser.

import { KINDS } from "./sounds.js";

const KEY = "hinge-rig-sound";

export class Settings {
  constructor() {
    const kept = read();
    this.volume = kept.volume ?? 0.7;
    this.muted = kept.muted ?? false;
    this.kinds = { ...KINDS, ...kept.kinds };
    this.cues = kept.cues ?? {}; // those switched off are false
  }

  hears(kind) {
    return !this.muted && this.kinds[kind];
  }

  hearsCue(name) {
    return !this.muted && this.cues[name] !== false;
  }

  keep() {
    const { volume, muted, kinds, cues } = this;
    try {
      localStorage.setItem(KEY, JSON.stringify({ volume, muted, kinds, cues }));
    } catch {
      // a browser that keeps nothing: the choice holds for this page
    }
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
