"""Expectations of `raw.crm_tickets`: ticket headers as the CRM exports them."""

from orchestration.quality.expressions import (
    flag,
    hours_between,
    largest_recent_shift,
    smallest_recent_volume,
)
from orchestration.quality.suite import Suite, expect, has_rows

CHANNELS = [
    "电话",
    "邮件",
    "网页表单",
    "在线客服",
    "小程序",
    "APP",
    "社交媒体",
    "即时通讯",
    "视频",
    "现场",
    "门店",
    "社区",
    "机器人",
]

SUITE = Suite(
    table="raw.crm_tickets",
    derived={
        "recent_volume": smallest_recent_volume("raw.crm_tickets", "created"),
        "recent_phone_share_shift": largest_recent_shift(
            "raw.crm_tickets", "created", flag("channel = '电话'")
        ),
        "is_excluded": flag("exclusion is not null"),
        "is_registered": flag("registered is not null"),
        "resolution_hours": hours_between("created", "resolved"),
    },
    expectations=(
        has_rows(),
        expect(
            "ticket_id_is_a_ticket_number",
            "ExpectColumnValuesToMatchRegex",
            column="ticket_id",
            regex=r"^T\d{4,}$",
            mostly=0.99,
        ),
        expect(
            "channel_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="channel",
            value_set=CHANNELS,
            mostly=0.98,
        ),
        expect(
            "request_type_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="request_type",
            value_set=["咨询", "技术支持", "售后", "业务办理", "投诉", "建议"],
            mostly=0.98,
        ),
        expect(
            "priority_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="priority",
            value_set=["1 - urgent", "2 - general", "3 - routine"],
            mostly=0.98,
        ),
        expect(
            "status_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="status",
            value_set=["处理中", "等待客户", "已解决", "已关闭"],
            mostly=0.98,
        ),
        expect(
            "first_reply_is_not_before_created",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="first_reply",
            column_B="created",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.98,
        ),
        expect(
            "closed_is_not_before_resolved",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            column_A="closed",
            column_B="resolved",
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            mostly=0.98,
        ),
        expect(
            "reopen_count_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="reopen_count",
            min_value=0,
            max_value=50,
        ),
        expect(
            "reassignment_count_is_plausible",
            "ExpectColumnValuesToBeBetween",
            column="reassignment_count",
            min_value=0,
            max_value=100,
        ),
        expect(
            "resolution_hours_have_a_plausible_middle",
            "ExpectColumnMedianToBeBetween",
            column="resolution_hours",
            min_value=0,
            max_value=24 * 14,
        ),
        expect(
            "share_of_excluded_tickets_is_small",
            "ExpectColumnMeanToBeBetween",
            column="is_excluded",
            max_value=0.15,
        ),
        expect(
            "recent_volume_has_not_collapsed",
            "ExpectColumnMeanToBeBetween",
            column="recent_volume",
            min_value=0.5,
            max_value=2,
        ),
        expect(
            "share_of_phone_has_not_drifted",
            "ExpectColumnMeanToBeBetween",
            column="recent_phone_share_shift",
            max_value=0.15,
        ),
        expect(
            "dossier_holds_known_parts",
            "ExpectColumnValuesToMatchRegex",
            column="dossier",
            regex=r"^(?:request|execution|confirmation|feedback|change)"
            r"(?:\|(?:request|execution|confirmation|feedback|change))*$",
            mostly=0.98,
        ),
        expect(
            "share_of_registered_tickets_is_large",
            "ExpectColumnMeanToBeBetween",
            column="is_registered",
            min_value=0.8,
        ),
        expect(
            "callback_phone_is_a_pseudonym",
            "ExpectColumnValuesToMatchRegex",
            column="callback_phone",
            regex=r"^[0-9a-f]{32}$",
        ),
        expect(
            "subject_holds_no_mobile_number",
            "ExpectColumnValuesToNotMatchRegex",
            column="subject",
            regex=r"(?:^|\D)1[3-9]\d{9}(?:\D|$)",
        ),
    ),
)
