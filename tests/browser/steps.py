"""What the page tests do again and again."""


def text_becomes(page, selector, text):
    """Wait until that is the element's whole text."""
    page.wait_for_function(
        "([selector, text]) => document.querySelector(selector).textContent === text",
        arg=[selector, text],
    )


def link_becomes(page, state):
    """Wait until the page calls its link to the rig so."""
    page.wait_for_selector(f"#link[data-link={state}]")


def still(feeder, scene):
    """Feed this scene as it is."""
    feeder.moving, feeder.scene = False, scene


def open_at(page, url):
    """Go there unless the page is there already."""
    if page.url != url:
        page.goto(url)


def show(page, feeder, scene):
    """Feed this scene until the page shows it."""
    still(feeder, scene)
    page.wait_for_function("id => window.scene === id", arg=scene.person_id)
    page.wait_for_timeout(300)  # a channel that drops out keeps its picture for 250 ms
