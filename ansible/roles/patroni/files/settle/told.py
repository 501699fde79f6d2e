"""What the controller is told."""


def changed(what):
    """Tells the controller that something was not as declared."""
    print(f"changed: {what}")
