"""The hub: one thread that follows both rings, encodes each update once and fans it out."""

import threading
import time
from collections import deque
from typing import Final

from rig.handover.events import CueTold, HealthTold, RepTold
from rig.handover.frame_ring import LiveBatch
from rig.handover.live_state import LiveState
from rig.handover.message import plain
from rig.handover.run_dir import RunDir
from webui.health import Health, Observed, health
from webui.live import encoding
from webui.live.follow import EventFollower, FrameFollower
from webui.live.silence import Silence
from webui.live.viewer import Viewer

_POLL_S: Final = 0.003
_BATCH: Final = 3  # frames in a message: 33 messages a second carry all 100 frames
_FLUSH_S: Final = 0.05  # fewer than a batch go out after this time
_HEALTH_S: Final = 1.0
_HISTORY: Final = 200  # frames for the trail of a new viewer, 2 s
_FORWARDED: Final = (LiveState, CueTold, RepTold)


class TooManyViewers(Exception):  # noqa: N818 - an answer to a client, not a failure
    """All places for live streams are taken."""


class LiveHub:
    """Serves any number of viewers up to `max_viewers`; a slow one is ended, never waited for."""

    def __init__(self, run_dir: RunDir, max_viewers: int) -> None:
        self._run_dir = run_dir
        self._max_viewers = max_viewers
        self._frames = FrameFollower(run_dir.frames, _HISTORY)
        self._events = EventFollower(run_dir.events)
        self._lock = threading.Lock()  # viewers and what a new one is told belong together
        self._viewers: set[Viewer] = set()
        self._kiosk: Viewer | None = None
        self._history: deque[str] = deque(maxlen=_HISTORY)
        self._epoch: int | None = None  # of the frames in the history
        self._last_id = ""
        self._state = b""
        self._frame_t_ns: int | None = None
        self._silence = Silence()
        self._recorder: HealthTold | None = None
        self._not_understood = ""
        self._recorder_t_ns: int | None = None
        self._flush_at = self._health_at = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-hub", daemon=True)

    def start(self) -> None:
        """Begin to follow the rings."""
        self._thread.start()

    def close(self) -> None:
        """End every stream, stop following, refuse new viewers."""
        self._stop.set()
        with self._lock:
            for viewer in self._viewers:
                viewer.end()
        if self._thread.is_alive():
            self._thread.join()
        self._frames.close()
        self._events.close()

    def join(self, *, kiosk: bool = False) -> Viewer:
        """A new viewer, told at once all it needs. `TooManyViewers` when every place is taken.

        One place is the kiosk's; a new kiosk takes it over from the last.
        """
        with self._lock:
            others = len(self._viewers - {self._kiosk})
            if self._stop.is_set() or not (kiosk or others < self._max_viewers - 1):
                raise TooManyViewers
            viewer = Viewer(self._welcome(), self._leave)
            self._viewers.add(viewer)
            if kiosk:
                self._end(self._kiosk, encoding.message("replaced", ["{}"]))
                self._kiosk = viewer
        return viewer

    def health(self) -> Health:
        """How the rig is now."""
        with self._lock:
            seen = Observed(
                self._frame_t_ns,
                self._recorder,
                self._recorder_t_ns,
                len(self._viewers),
                self._not_understood,
                tuple(self._silence.channels()),
                self._events.writer_alive,
                tuple(self._silence.unsteady()),
            )
        return health(self._run_dir.status, seen)

    def _leave(self, viewer: Viewer) -> None:
        with self._lock:
            self._viewers.discard(viewer)

    def _end(self, viewer: Viewer | None, last: bytes | None = None) -> None:
        if viewer in self._viewers:
            viewer.end(last)
            self._viewers.discard(viewer)

    def _welcome(self) -> bytes:
        hello = encoding.hello(self._epoch, time.monotonic_ns())
        frames = encoding.message("frames", self._history, self._last_id) if self._history else b""
        return hello + self._state + frames

    def _run(self) -> None:
        while not self._stop.wait(_POLL_S):
            self._pass_frames()
            self._pass_events()
            if time.monotonic() >= self._health_at:
                self._health_at = time.monotonic() + _HEALTH_S
                self._publish(encoding.json_message("health", plain(self.health())))

    def _pass_frames(self) -> None:
        now = time.monotonic()
        batch = self._frames.take(_BATCH if now < self._flush_at else 1)
        if self._frames.new_epoch():
            self._greet_again()
        if batch is not None:
            self._flush_at = now + _FLUSH_S
            self._publish_frames(batch)

    def _greet_again(self) -> None:
        """A sampler has started: what the viewers know of the frames no longer holds."""
        with self._lock:
            self._history.clear()
            self._silence.forget()
            self._epoch = self._frames.epoch
            self._fan_out(encoding.hello(self._epoch, time.monotonic_ns()))

    def _publish_frames(self, batch: LiveBatch) -> None:
        lines = encoding.frame_lines(batch.rows)
        told = [encoding.missed_line(missed) for missed in batch.missed] + lines
        with self._lock:
            if lines:
                self._silence.take(batch.rows)
                last = batch.rows["frame"][-1]
                self._frame_t_ns = int(last["t_ns"])
                self._last_id = f"{self._epoch}-{last['seq']}"
                self._history.extend(lines)
            self._fan_out(encoding.message("frames", told, self._last_id))

    def _pass_events(self) -> None:
        events, problems = self._events.take()
        with self._lock:
            self._not_understood = problems[-1] if problems else self._not_understood
        for event in events:
            if isinstance(event, HealthTold):
                with self._lock:
                    self._recorder, self._recorder_t_ns = event, time.monotonic_ns()
            elif isinstance(event, _FORWARDED):
                self._publish_event(event)

    def _publish_event(self, event: LiveState | CueTold | RepTold) -> None:
        document = plain(event)
        encoded = encoding.json_message(document["type"], document)
        with self._lock:
            if isinstance(event, LiveState):
                self._state = encoded
            self._fan_out(encoded)

    def _publish(self, encoded: bytes) -> None:
        with self._lock:
            self._fan_out(encoded)

    def _fan_out(self, encoded: bytes) -> None:
        for viewer in [viewer for viewer in self._viewers if not viewer.offer(encoded)]:
            self._end(viewer)
