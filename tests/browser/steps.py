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
