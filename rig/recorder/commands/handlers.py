"""Carrying out commands."""

import logging
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, Final

from rig.drills import DRILLS
from rig.errors import CommandRefused, StorageError
from rig.handover.commands import done, not_done
from rig.handover.events import ResultTold
from rig.handover.refusals import refused
from rig.quote import quoted
from rig.recorder.announcer import Announcer, StatePublisher
from rig.recorder.choices import Choices
from rig.recorder.clocks import Clocks
from rig.recorder.commands.inbox import Request
from rig.recorder.control import ControlDesk
from rig.recorder.durable.jobs import Then
from rig.recorder.durable.store import SessionStore
from rig.recorder.sessions import Sessions
from rig.session.context_commands import CONTEXT_VERBS, changed_context
from rig.session.tracker import SESSION_VERBS
from rig.storage.people import People

_log: Final = logging.getLogger(__name__)
_LONGEST_NAME: Final = 100
Args = Mapping[str, Any]


class Commands:
    """Carries out one command after the other and replies once what it did is durable."""

    def __init__(
        self,
        sessions: Sessions,
        desk: ControlDesk,
        people: People,
        choices: Choices,
        store: SessionStore,
        announcer: Announcer,
        publisher: StatePublisher,
        clock: Clocks,
    ) -> None:
        self._sessions, self._desk, self._people, self._choices = sessions, desk, people, choices
        self._store, self._announcer, self._publisher = store, announcer, publisher
        self._clock = clock
        self._verbs: dict[str, Callable[[Args], None]] = {
            "next_person": self._next_person,
            "choose_person": self._choose_person,
            "tare": lambda _: sessions.tare(),
            "import_calibration": lambda args: sessions.import_calibration(args.get("calibration")),
            "mute": self._mute,
            "sim_fault": desk.sim_fault,
        }

    def carry_out(self, request: Request) -> None:
        """Do what is asked, or say why not."""
        try:
            self._do(request.command.verb, request.command.args)
        except CommandRefused as refusal:
            self._reply(request, refusal)
        except StorageError as error:
            self._reply(request, refused("not_kept", problem=str(error)))
        except Exception:
            # one command must never end recording, whatever it was
            _log.exception("%.40s failed", request.command.verb)
            self._reply(request, refused("failed"))
        else:
            self._store.submit(Then(lambda: self._reply(request, None)))

    def _do(self, verb: str, args: Args) -> None:
        session = self._sessions.current
        if verb in self._verbs:
            self._verbs[verb](args)
        elif verb in CONTEXT_VERBS:
            self._change_context(verb, args)
        elif session and verb in SESSION_VERBS:
            session.command(verb, args)
        elif verb in SESSION_VERBS:
            raise refused("nobody_yet")
        else:
            raise refused("unknown_command", verb=quoted(verb))

    def _reply(self, request: Request, refusal: CommandRefused | None) -> None:
        command_id = request.command.command_id
        if refusal is not None:
            _log.info("%.40s is refused (%s)", request.command.verb, refusal.code)
        result = ResultTold(
            t_ns=self._clock.now_ns(),
            command_id=command_id,
            verb=request.command.verb,
            ok=refusal is None,
            reason=None if refusal is None else str(refusal),
        )
        seq = self._announcer.tell(result)
        request.reply.set_result(
            done(command_id, seq) if refusal is None else not_done(command_id, refusal)
        )

    def _change_context(self, verb: str, args: Args) -> None:
        """Kept before it is in force, so that what cannot be kept changes nothing."""
        sessions, session = self._sessions, self._sessions.current
        if verb == "choose_drill":
            _check_drill(args.get("drill"))
        if session:
            self._choices.keep_context(session.tracker.context_after(verb, args))
            session.command(verb, args)
            return
        context = changed_context(sessions.context, verb, args)
        self._choices.keep_context(context)
        sessions.context = context
        sessions.show()

    def _next_person(self, args: Args) -> None:
        name = args.get("name")
        if name is not None and not _is_name(name):
            raise refused("bad_name", given=quoted(name))
        person = self._choices.add_person(self._sessions.chosen, name)
        self._sessions.change_person(person)

    def _choose_person(self, args: Args) -> None:
        code = args.get("person_id")
        person = self._people.find(code) if isinstance(code, str) else None
        if person is None:
            raise refused("no_person", person_id=quoted(code))
        chosen = self._sessions.chosen
        if code != chosen.person_id:
            self._choices.keep_context(chosen.for_somebody_else(person.code))
            self._sessions.change_person(person)

    def _mute(self, args: Args) -> None:
        self._desk.mute(args)
        self._publisher.update(self._clock.now_ns(), muted=self._desk.muted)


def _is_name(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME and name.isprintable()


def _check_drill(drill: object) -> None:
    """Only drills that there are; what was recorded of others stays as it is."""
    if isinstance(drill, str) and drill not in DRILLS and len(drill) <= _LONGEST_NAME:
        nearest = get_close_matches(drill, DRILLS, 1, 0.0)[0]
        raise refused("no_drill", given=quoted(drill), nearest=nearest)
