def test_health_answers_with_nothing_running(client):
    answer = client.get("/api/v1/health")
    assert answer.status_code == 200
    assert answer.json["status"] == "down"
    assert set(answer.json) == {"status", "now_s", "sampler", "recorder", "web"}
