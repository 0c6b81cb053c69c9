"""The figures of Block Kit: lengths in characters, counts in items.

Published by Slack (docs.slack.dev, ``@slack/types``, ``slack_sdk``) unless a comment says that the figure is ours.
Where the sources differ the smaller one stands, since a payload within it is accepted whichever of them is right.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Surface = Literal["message", "modal", "home"]

MAX_BLOCKS: Final[Mapping[Surface, int]] = MappingProxyType({"message": 50, "modal": 100, "home": 100})

ID: Final = 255
TEXT: Final = 3000
TEXT_IN_MESSAGE: Final = 12_000  # ours: Slack answers msg_blocks_too_long at about 13,200, undocumented
MESSAGE_TEXT: Final = 40_000
MARKDOWN: Final = 12_000  # for all markdown blocks of a message together
VIEW_BYTES: Final = 250_000

BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2000
URL: Final = 3000
ACCESSIBILITY_LABEL: Final = 75

CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30

OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 75  # slack_sdk allows 150, @slack/types says 75
OPTION_DESCRIPTION: Final = 75
OPTIONS: Final = 100
OPTION_GROUPS: Final = 100
GROUP_LABEL: Final = 75
PLACEHOLDER: Final = 150
OVERFLOW_OPTIONS: Final = 5
CHECKBOX_OPTIONS: Final = 10
RADIO_OPTIONS: Final = 10

INPUT_LABEL: Final = 2000
INPUT_HINT: Final = 2000
INPUT_MAX_LENGTH: Final = 3000
FILES: Final = 10
FILE_BYTES: Final = 10 * 1024 * 1024

SECTION_FIELDS: Final = 10
SECTION_FIELD: Final = 2000
HEADER: Final = 150
CONTEXT_ELEMENTS: Final = 10
ACTIONS_ELEMENTS: Final = 25
CONTEXT_ACTIONS_ELEMENTS: Final = 5
ICON_BUTTON_USERS: Final = 10
IMAGE_ALT: Final = 2000
IMAGE_TITLE: Final = 2000

TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
TABLE_CHARACTERS: Final = 10_000
DATA_TABLE_ROWS: Final = 101  # with the header; other sources say 201
DATA_TABLE_CHARACTERS: Final = 20_000
DATA_TABLE_PAGE: Final = 100

ALERT: Final = 200
CARD_TITLE: Final = 150
CARD_BODY: Final = 200
CARD_ACTIONS: Final = 3
CAROUSEL_CARDS: Final = 10
CONTAINER_TITLE: Final = 150
CONTAINER_BLOCKS: Final = 10

VIDEO_TEXT: Final = 200
VIDEO_NAME: Final = 50

CHART_TITLE: Final = 50
CHART_LABEL: Final = 20
CHART_SERIES: Final = 12
CHART_POINTS: Final = 20
CHARTS_PER_MESSAGE: Final = 2

VIEW_TITLE: Final = 24
PRIVATE_METADATA: Final = 3000
