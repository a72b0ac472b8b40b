"""Delivers what customers were asked after tickets and complaints: CSAT with attributes, NPS, effort, call-backs, SERVQUAL."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from orchestration.demo import columns as col
from orchestration.demo.complaints import Complaints
from orchestration.demo.customers import emails
from orchestration.demo.intake import choice
from orchestration.demo.plan import DAY, HOUR, NEVER, Bools, Chunk, Ints, Plan
from orchestration.demo.service_desk import agent_ids, customer_ids
from orchestration.demo.staff import Staff
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import COMMENTS_BAD, COMMENTS_GOOD, SLIPPING_TEAM
from orchestration.demo.writers import Delivery

KINDS = ["CSAT", "NPS", "CES", "CALLBACK", "COMPLAINT_CSAT", "SERVQUAL"]
CSAT, NPS, CES, CALLBACK, COMPLAINT_CSAT, SERVQUAL = range(6)
LETTERS = "CNEBKQ"
SCALE_MIN = np.array([1, 0, 1, 1, 1, 1])
SCALE_MAX = np.array([5, 10, 7, 5, 5, 7])
ITEMS = np.array([8, 1, 1, 2, 1, 44])  # questions asked
ATTRIBUTES = ["response_time", "efficiency", "attitude", "professionalism", "quality", "product", "after_sales"]
SCORE_WEIGHTS = {
    CSAT: [3, 4, 9, 34, 50], NPS: [2, 1, 2, 2, 3, 5, 6, 14, 18, 24, 23], CES: [2, 3, 4, 8, 15, 33, 35], CALLBACK: [4, 4, 8, 34, 50],
    COMPLAINT_CSAT: [8, 9, 13, 38, 32],
}  # fmt: skip
SLIPPED_WEIGHTS = {CSAT: [14, 16, 24, 28, 18], NPS: [9, 6, 8, 8, 9, 10, 11, 14, 11, 8, 6]}
SENT_SHARE = {CSAT: 0.30, NPS: 0.08, CES: 0.06, CALLBACK: 0.05}
FLAGS = ["", "EMPTY", "DUP", "SPAM", "STAFF"]
SERVQUAL_PER_MONTH = 40
CONTACT_WAYS = ["sms", "email", "wechat", "phone", "app"]
PII_COMMENTS = [
    "请回电 139{0:08d}，问题没解决", "my number is +86 137-{1:04d}-{2:04d}, call me", "write to anon.{0}@private.example.org please",
    "电话136 {1:04d} {2:04d} 随时可以",
]  # fmt: skip
PII_POOL = [PII_COMMENTS[i % 4].format(40_000_000 + i * 77_771, 4000 + i * 31, 5000 + i * 17) for i in range(40)]
COMMENT_POOL = [*COMMENTS_GOOD, *COMMENTS_BAD, *PII_POOL]


@dataclass
class Surveys:
    """Surveys of one chunk by column; `ticket` and `complaint` are row numbers there, -1 for none."""

    kind: Ints
    number: Ints
    ticket: Ints
    complaint: Ints
    customer: Ints
    agent: Ints
    sent: Ints
    responded: Ints
    score: Ints  # -1 = none
    flag: Ints  # 0 = valid
    solved: Ints  # call-backs: 1 yes, 0 no, -1 not asked

    @property
    def is_received(self) -> Bools:
        """Something came back."""
        return self.responded < NEVER
