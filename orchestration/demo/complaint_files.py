"""Delivers the complaints of one chunk and their stages, in GB18030 with Chinese headers."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo import columns as col
from orchestration.demo.complaints import Complaints
from orchestration.demo.numbers import (
    agent_ids,
    complaint_ids,
    customer_ids,
    names,
    phones,
    product_ids,
    team_ids,
    ticket_ids,
)
from orchestration.demo.plan import NEVER, Chunk, Plan
from orchestration.demo.tickets import Tickets
from orchestration.demo.vocabulary import (
    CHANNEL_LABELS,
    COMPLAINT_STAGES,
    COMPLAINT_TEXTS,
    ROOT_CAUSES,
    WITH_PERSONAL,
)
from orchestration.demo.writers import Delivery

TYPES = ["技术", "流程", "人员", "产品", "价格", "环境"]
CATEGORIES = ["安装", "退款", "设备", "服务态度", "计费", "等待时间"]
STATUSES = ["待受理", "处理中", "已答复", "已关闭"]
NOTES = ["", "已电话联系客户", "等待部门回复", "方案已确认"]
TEXTS = [*COMPLAINT_TEXTS, *WITH_PERSONAL[:2]]
NO_YES = ("否", "是")


def deliver_complaints(
    plan: Plan, chunk: Chunk, complaints: Complaints, tickets: Tickets, delivery: Delivery
) -> None:
    """Append the chunk to its month's two files."""
    name = f"complaint/complaints_{chunk.month}.csv"
    header = _parties(complaints, tickets) | _handling(plan, complaints) | _outcome(plan, complaints)
    delivery.csv("complaint_complaints", name, header, encoding="gb18030")
    name = f"complaint/complaint_events_{chunk.month}.csv"
    delivery.csv("complaint_complaint_events", name, _events(complaints), encoding="gb18030")


def _parties(complaints: Complaints, tickets: Tickets) -> dict[str, pa.Array]:
    """Who complained, about what, and who answers for it."""
    number = complaints.number
    return {
        "投诉编号": complaint_ids(number),
        "工单编号": ticket_ids(tickets.number[complaints.ticket], complaints.ticket < 0),
        "客户编号": customer_ids(complaints.customer, number),
        "责任坐席": agent_ids(complaints.agent),
        "责任班组": team_ids(complaints.team),
        "责任部门": col.ids("D", complaints.department + 1, 1),
        "产品编号": product_ids(complaints.product),
        "渠道": col.labels(CHANNEL_LABELS, complaints.channel),
        "投诉类型": col.labels(TYPES, complaints.kind),
        "类别": col.labels(CATEGORIES, complaints.category),
        "投诉人": names(np.maximum(complaints.customer, 0)),
        "联系电话": phones(complaints.customer),
        "投诉内容": col.labels(TEXTS, number % len(TEXTS)),
    }


def _handling(plan: Plan, complaints: Complaints) -> dict[str, pa.Array]:
    """The state and the stamps of a complaint."""
    stamps = complaints.stamps
    known = {name: (at < NEVER).astype(np.int64) for name, at in stamps.items()}
    answered = np.where(known["responded"] > 0, 2, known["acknowledged"])
    last = np.max([np.where(at < NEVER, at, 0) for at in stamps.values()], axis=0)
    return {
        "状态": col.labels(STATUSES, np.where(known["closed"] > 0, 3, answered)),
        "受理时间": col.local_slashed(stamps["received"]),
        "转办日期": pc.strftime(col.local(stamps["assessed"]), "%Y/%m/%d"),
        "确认时间": col.local_slashed(stamps["acknowledged"]),
        "承诺时间": col.local_slashed(complaints.promised),
        "答复时间": col.local_slashed(stamps["responded"]),
        "解决时间": col.local_slashed(stamps["resolved"]),
        "关闭时间": col.local_slashed(stamps["closed"]),
        "更新时间": col.local_slashed(np.minimum(last, plan.horizon)),
    }


def _outcome(plan: Plan, complaints: Complaints) -> dict[str, pa.Array]:
    """What came of it; empty while it is not known."""
    number, responded = complaints.number, complaints.stamps["responded"]
    is_open = complaints.stamps["closed"] == NEVER
    is_unknown = (responded == NEVER) & (complaints.promised > plan.horizon)
    return {
        "根本原因": col.labels(ROOT_CAUSES, complaints.root_cause),
        "是否及时": col.yes_no(responded <= complaints.promised, is_unknown, NO_YES),
        "客户同意关闭": col.yes_no(number % 11 != 0, is_open, NO_YES),
        "是否有争议": col.yes_no(number % 17 == 0, is_open, NO_YES),
    }


def _events(complaints: Complaints) -> dict[str, pa.Array]:
    found = [np.flatnonzero(complaints.stamps[name] < NEVER) for name in COMPLAINT_STAGES]
    row = np.concatenate(found)
    stage = np.repeat(np.arange(len(COMPLAINT_STAGES)), [len(rows) for rows in found])
    at = np.concatenate(
        [complaints.stamps[name][rows] for name, rows in zip(COMPLAINT_STAGES, found, strict=True)]
    )
    order = np.lexsort((stage, at, row))
    row, stage, at = row[order], stage[order], at[order]
    return {
        "事件编号": col.ids("TE", complaints.number[row] * 10 + stage, 9),
        "投诉编号": complaint_ids(complaints.number[row]),
        "阶段": col.labels(list(COMPLAINT_STAGES.values()), stage),
        "进入时间": col.local_slashed(at),
        "处理人": agent_ids(complaints.agent[row]),
        "备注": col.labels(NOTES, (complaints.number[row] + stage) % len(NOTES)),
    }
