"""What codes are called on scorecards, in English and Chinese."""

AUDIENCES = {
    "executive": ("Executive", "管理层"),
    "department": ("Department", "部门"),
    "team": ("Team", "团队"),
    "agent": ("Agent", "客服人员"),
}
GRAINS = {
    "week": ("week", "周"),
    "month": ("month", "月"),
    "quarter": ("quarter", "季度"),
    "half_year": ("half-year", "半年"),
    "year": ("year", "年"),
}
CADENCES = {
    "year": ("Yearly", "年度"),
    "half_year": ("Half-yearly", "半年度"),
    "quarter": ("Quarterly", "季度"),
    "month": ("Monthly", "月度"),
    "week": ("Weekly", "周度"),
}
ELEMENTS = {
    "response_speed": ("Response speed", "响应速度"),
    "attitude": ("Attitude", "服务态度"),
    "professional_skill": ("Professional skill", "专业能力"),
    "problem_solving": ("Problem solving", "问题解决"),
    "customisation": ("Customisation", "个性化服务"),
    "follow_up_care": ("Follow-up care", "后续关怀"),
    "management": ("Management", "管理"),
}
KINDS = {
    "objective": ("Measured", "客观指标"),
    "subjective": ("Perceived by customers", "主观感受"),
}
PRESENCES = {
    "appeared": ("its first final score since", "新增终值"),
    "vanished": ("no final score now", "暂无终值"),
}
STATUS_WORDS = {
    "green": ("At target", "达标"),
    "amber": ("Close to target", "接近目标"),
    "red": ("Off target", "未达标"),
    "no target": ("No target", "无目标"),
    "n/a": ("n/a", "不适用"),
}
SCORE_WORDS = {
    "green": ("Good", "良好"),
    "amber": ("Fair", "一般"),
    "red": ("Poor", "较差"),
    "n/a": ("n/a", "不适用"),
}
NO_DATA = ("No data", "无数据")
TOO_FEW = ("Too few answers", "样本不足")
PILLARS = {
    "service_quality": ("Service quality", "服务质量"),
    "service_effect": ("Service effect", "服务效果"),
    "department_management": ("Department management", "部门管理"),
}
ASPECTS = {
    "process": ("Process", "服务流程"),
    "attitude": ("Attitude", "服务态度"),
    "timeliness": ("Timeliness", "服务时效"),
    "skill_and_solving": ("Skill and solving", "服务技能与问题解决"),
    "satisfaction": ("Satisfaction", "客户满意"),
    "maintenance": ("Customer maintenance", "客户维护"),
    "retention": ("Retention", "客户留存"),
    "complaints": ("Complaints", "客户投诉"),
    "staffing": ("Staffing", "人员配置"),
    "training": ("Training", "员工培训"),
    "assignment": ("Assignment", "任务分配"),
    "appraisal": ("Appraisal", "绩效考核"),
    "tools": ("Tools", "设备工具"),
    "improvement": ("Improvement", "持续改进"),
    "emergencies": ("Emergencies", "应急管理"),
}


def words(names: dict[str, tuple[str, str]], code: str) -> tuple[str, str]:
    """English and Chinese of a code; a code that nobody translated is shown as words."""
    return names.get(code, (code.replace("_", " ").capitalize(), ""))
