"""The offered times as people name them.

Finders look for a place in the list (`places`), a day (`days`) or an hour (`hours`); what names one
time together is one mention (`mentions`).
"""

from textback.domain.understand.offers.mentions import Mention, Offers

__all__ = ["Mention", "Offers"]
