"""Expectations of `raw.workforce_equipment_events`: service, checks and failures of devices."""

from orchestration.quality.suite import Suite, expect, has_rows

SUITE = Suite(
    table="raw.workforce_equipment_events",
    expectations=(
        has_rows(),
        expect(
            "event_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="event",
            value_set=["启用", "备用", "检查", "故障", "退役"],
            mostly=0.98,
        ),
        expect(
            "device_kind_is_a_known_word",
            "ExpectColumnValuesToBeInSet",
            column="device_kind",
            value_set=["电脑", "耳机", "话机"],
            mostly=0.98,
        ),
        expect(
            "device_id_is_filled",
            "ExpectColumnProportionOfNonNullValuesToBeBetween",
            column="device_id",
            min_value=0.98,
        ),
    ),
)
