def test_an_error_in_the_api_is_a_problem_document(client):
    answer = client.get("/api/v1/nowhere")
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == answer.status_code == 404
    assert answer.json["title"] == "Not Found"
    assert answer.json["instance"] == "/api/v1/nowhere"


def test_a_wrong_method_says_which_are_allowed(client):
    answer = client.post("/api/v1/health")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_an_error_elsewhere_is_a_page_with_a_way_back(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert 'href="/"' in answer.text


def test_a_fault_of_ours_is_a_problem_document_without_its_inside(app):
    app.testing = False
    app.add_url_rule("/api/v1/broken", view_func=lambda: 1 / 0)
    answer = app.test_client().get("/api/v1/broken")
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert "ZeroDivision" not in answer.text
