// What every live page does: follow the stream, know how old the picture is, paint once per frame.

import { LiveStream } from "./stream.js";
import { frameToShow, linkState } from "./view.js";

const CHECK_MS = 50; // how often the picture's age is looked at

/**
 * Follow the rig at `url`. `page` may have `frames(frames)`, `cue(name)`, `rep(event)`,
 * `health(document)` and `change(state, before)`, each called as it comes, and `paint(view, now)`,
 * called at most once per animation frame; `now` is the rig's clock in seconds.
 */
export function watch(url, page) {
  const view = {
    link: "connecting", connection: "away", newest: null, frame: null, state: null, health: null,
  };
  let since = performance.now();
  let painting = false;

  const paint = () => {
    painting = false;
    page.paint(view, stream.now());
  };
  const paintSoon = () => {
    if (!painting) requestAnimationFrame(paint);
    painting = true;
  };

  const stream = new LiveStream(url, {
    frames(frames) {
      page.frames?.(frames);
      view.newest = frames.at(-1);
      view.frame = frames.reduce(frameToShow, view.frame);
      paintSoon();
    },
    state(state) {
      const before = view.state;
      view.state = state;
      page.change?.(state, before);
      paintSoon();
    },
    cue: (cue) => page.cue?.(cue.name),
    rep: (rep) => page.rep?.(rep),
    health(health) {
      view.health = health;
      page.health?.(health);
      paintSoon();
    },
  });

  setInterval(() => {
    const now = stream.now();
    const age = view.newest && now !== null ? now - view.newest.t_s : null;
    const link = document.hidden ? view.link : linkState(age, (performance.now() - since) / 1000);
    if (link === view.link && stream.connection === view.connection) return;
    Object.assign(view, { link, connection: stream.connection });
    paintSoon();
  }, CHECK_MS);

  document.addEventListener("visibilitychange", () => {
    // What was seen before is old.
    Object.assign(view, { newest: null, frame: null, link: "connecting" });
    since = performance.now();
  });
  return { view, stream };
}

/** Whether there is a picture that may be shown. */
export const known = (view) => view.frame !== null && (view.link === "live" || view.link === "stale");
