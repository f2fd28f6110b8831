"""Official texts over the network, from allowed hosts only: the one part of the program that leaves this machine."""

from assistant.fetching.contents import Form, form_of
from assistant.fetching.download import Download, Downloader, Limits
from assistant.fetching.hosts import allowed
from assistant.fetching.originals import Original, Originals

__all__ = ["Download", "Downloader", "Form", "Limits", "Original", "Originals", "allowed", "form_of"]
