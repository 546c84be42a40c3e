import uuid
from contextlib import closing

import pytest

from rig.names import CELLS, PADS
from rig.storage.database import Database
from rig.storage.models import RepRow, SessionRow
from tests.support.records import a_rep, a_set, store_sessions


def test_the_live_page_has_a_place_for_every_cell_and_pad(client):
    page = client.get("/").text
    assert all(f'data-cell="{cell}"' in page for cell in CELLS)
    assert all(page.count(f'data-pad="{pad}"') == 2 for pad in PADS)


@pytest.mark.parametrize("path", ["/", "/sessions", "/nowhere"])
def test_every_page_can_be_skipped_to_its_content_and_names_no_other_address(client, path):
    page = client.get(path).text
    assert 'href="#main"' in page
    assert 'id="main"' in page
    assert "http" not in page.replace("http://www.w3.org", "")


def test_no_page_has_inline_style_or_script_which_the_policy_would_forbid(client, config):
    (session_id,) = store_sessions(config.state_dir, sessions=1)
    for path in ("/", "/sessions", f"/sessions/{session_id}", "/nowhere"):
        page = client.get(path).text
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page


def test_an_empty_history_says_how_to_begin(client):
    assert "No sessions yet" in client.get("/sessions").text


def test_the_history_is_paged(client, config):
    store_sessions(config.state_dir, sessions=27, reps=0)
    first, second = client.get("/sessions").text, client.get("/sessions?page=2").text
    assert first.count('class="row-link"') == 25
    assert 'rel="next"' in first
    assert second.count('class="row-link"') == 2
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second


def test_a_page_beyond_the_last_leads_back(client):
    page = client.get("/sessions?page=9")
    assert page.status_code == 200
    assert 'href="/sessions?page=1"' in page.text


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999"])
def test_a_page_number_that_cannot_be_is_refused(client, page):
    assert client.get(f"/sessions?page={page}").status_code == 400


def test_a_session_shows_its_reps_and_both_downloads(client, config):
    (session_id,) = store_sessions(config.state_dir, sessions=1, reps=3)
    page = client.get(f"/sessions/{session_id}").text
    assert page.count('scope="row"') == 3
    assert "Rounding" in page
    assert f"/api/v1/sessions/{session_id}/reps.csv" in page
    assert f"/api/v1/sessions/{session_id}/raw.csv" in page


def test_with_the_dowels_sensor_a_session_has_degrees_and_without_it_no_column(client, config):
    (session_id,) = store_sessions(config.state_dir, sessions=1, reps=2)
    for path in ("/sessions", f"/sessions/{session_id}"):
        assert "°" not in client.get(path).text
    with closing(Database.open_writer(config.state_dir)) as database, database.session() as db:
        for rep in db.query(RepRow):
            rep.depth_deg, rep.usable_depth_deg = 64.6, 61.8
    page = client.get(f"/sessions/{session_id}").text
    assert "62° before the tailbone goes" in page
    assert page.count('<td class="n">65°</td>') == 2
    assert '<td class="n">62°</td>' in client.get("/sessions").text
    assert "Nutzbare Neigung" in client.get("/sessions?lang=de").text


def _change(config, session_id, **values):
    with closing(Database.open_writer(config.state_dir)) as database, database.session() as db:
        for name, value in values.items():
            setattr(db.get_one(SessionRow, session_id), name, value)


def test_a_date_of_a_clock_that_nobody_had_set_is_marked(client, config):
    (session_id,) = store_sessions(config.state_dir, sessions=1)
    for path in ("/sessions", f"/sessions/{session_id}"):
        assert "≈" not in client.get(path).text
    _change(config, session_id, clock_set=False)
    for path in ("/sessions", f"/sessions/{session_id}"):
        page = client.get(path).text
        assert "≈ 1 March 2026" in page
        assert "the date may be wrong" in page


@pytest.mark.parametrize(
    ("recording", "said", "can_be_had"),
    [("whole", "", True), ("torn", "cut off", True), ("removed", "removed for their age", False)],
)
def test_what_became_of_the_raw_data_is_said(client, config, recording, said, can_be_had):
    (session_id,) = store_sessions(config.state_dir, sessions=1)
    _change(config, session_id, recording=recording)
    page = client.get(f"/sessions/{session_id}").text
    assert said in page
    assert ("raw.csv" in page) == can_be_had


def test_a_session_speaks_german_throughout(client, config):
    (session_id,) = store_sessions(config.state_dir, sessions=1, reps=3)
    page = client.get(f"/sessions/{session_id}?lang=de").text
    for words in ("Runder Rücken", "Satz 1", "Wiederholungen (CSV)", "1,2 / 0,2 / 1,5", "−2,5"):
        assert words in page, words
    for words in ("Rounding", "Set 1", "Download", "usual depth", "not counted"):
        assert words not in page, words


def test_discarded_sets_and_reps_are_not_shown(client, config):
    (session_id,) = store_sessions(config.state_dir, sessions=1, reps=1)
    database = Database.open_writer(config.state_dir)
    with database.session() as db:
        gone, kept = a_set(session_id, 2, discarded=True), a_set(session_id, 3)
        db.add_all([gone, kept])
        db.flush()
        db.add_all([a_rep(gone.id), a_rep(kept.id, discarded=True)])
    database.close()
    page = client.get(f"/sessions/{session_id}").text
    assert 'id="set-2"' not in page
    assert page.count('scope="row"') == 1
    assert "No repetitions in this set" in page


def test_an_unknown_session_is_a_friendly_page(client):
    answer = client.get(f"/sessions/{uuid.UUID(int=0)}")
    assert answer.status_code == 404
    assert "There is no session with this id" in answer.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nowhere", "Unter dieser Adresse gibt es keine Seite."),
        (f"/sessions/{uuid.UUID(int=0)}", "Ein Training mit dieser Kennung gibt es nicht."),
        ("/sessions?page=x", "page ist &#39;x&#39;; erlaubt ist eine ganze Zahl"),
    ],
)
def test_errors_are_told_in_the_language_of_the_page(client, path, words):
    assert words in client.get(path, headers={"Accept-Language": "de"}).text


def test_errors_of_the_api_stay_english(client):
    answer = client.get("/api/v1/sessions?limit=x&lang=de", headers={"Accept-Language": "de"})
    assert "allowed is a whole number" in answer.json["detail"]


def test_a_damaged_database_is_a_friendly_page(client, config):
    (config.state_dir / "hinge-rig.db").write_bytes(b"no database" * 100)
    answer = client.get("/sessions")
    assert answer.status_code == 503
    assert "The history cannot be read" in answer.text
