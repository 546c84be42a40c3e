"""Since when the simulated trainee is there: one who goes on while a sampler is started again."""

from contextlib import closing

from rig.config.schema import SimSection
from rig.errors import RingError
from rig.handover.page import PageReader, PageWriter
from rig.handover.run_dir import RunDir


def script_start_ns(run_dir: RunDir, settings: SimSection, now_ns: int) -> int:
    """When this scenario with this seed began in this run (monotonic); now, if it begins."""
    script = {"scenario": settings.scenario, "seed": settings.seed}
    before = _page_before(run_dir)
    start_ns = before.pop("start_ns", None)
    if isinstance(start_ns, int) and before == script:
        return start_ns
    with closing(PageWriter(run_dir.trainee)) as page:
        page.write({**script, "start_ns": now_ns})
    return now_ns


def _page_before(run_dir: RunDir) -> dict[str, object]:
    try:
        with closing(PageReader(run_dir.trainee, dict[str, object])) as page:
            return page.read() or {}
    except RingError:
        return {}
