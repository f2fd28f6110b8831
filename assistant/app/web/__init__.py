"""The web page."""

import os

# Before Gradio is imported, as it reads them then: it reports to nobody, and neither does what it builds on; the
# statistics it would gather for itself after every event are put off for good.
os.environ.update(
    GRADIO_ANALYTICS_ENABLED="False",
    GRADIO_ANALYTICS_CACHE_FREQUENCY=str(10**9),
    HF_HUB_DISABLE_TELEMETRY="1",
    DO_NOT_TRACK="1",
)

from assistant.app.web.page import build
from assistant.app.web.server import application, listen, serve

__all__ = ["application", "build", "listen", "serve"]
