from tests.support.sse import events


def test_the_stream_is_server_sent_events_that_nobody_caches(client):
    with client.get("/api/v1/live", buffered=False) as answer:
        assert answer.mimetype == "text/event-stream"
        assert answer.headers["Cache-Control"] == "no-store"
        assert next(events(answer.iter_encoded())).name == "hello"


def test_a_viewer_too_many_is_told_so_and_leaves_the_others_alone(app, client, config):
    streams = [client.get("/api/v1/live") for _ in range(config.web.max_viewers - 1)]
    answer = client.get("/api/v1/live")
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
    streams.append(client.get("/api/v1/live?place=kiosk"))
    assert streams[-1].status_code == 200
    assert client.get("/api/v1/health").json["web"]["viewers"] == config.web.max_viewers
    for stream in streams:
        stream.close()


def test_a_client_that_leaves_gives_its_place_back(client):
    client.get("/api/v1/live").close()
    assert client.get("/api/v1/health").json["web"]["viewers"] == 0


def test_asking_only_for_the_headers_takes_no_place(client):
    client.head("/api/v1/live").close()
    assert client.get("/api/v1/health").json["web"]["viewers"] == 0
