"""The words of the demo company: codes of the warehouse beside the labels that its source systems use."""

import numpy as np

CHANNELS = {  # code: CRM's label, share in percent
    "phone": ("电话", 24),
    "email": ("邮件", 12),
    "web_form": ("网页表单", 8),
    "web_chat": ("在线客服", 18),
    "mini_program": ("小程序", 9),
    "app": ("APP", 8),
    "social": ("社交媒体", 5),
    "messaging": ("即时通讯", 6),
    "video": ("视频", 1),
    "on_site": ("现场", 2),
    "shop": ("门店", 3),
    "community": ("社区", 1),
    "bot": ("机器人", 3),
}
CHANNEL_CODES = list(CHANNELS)
CHANNEL_LABELS = [label for label, _ in CHANNELS.values()]
CHANNEL_WEIGHTS = [weight for _, weight in CHANNELS.values()]
LIVE_CHANNELS = ("phone", "web_chat", "video", "on_site", "shop")
BOT_CHANNELS = ("web_chat", "mini_program", "app", "messaging", "bot")
SLOW_CHANNEL = "social"

REQUEST_LABELS = ["咨询", "技术支持", "售后", "业务办理", "投诉", "建议"]
REQUEST_CODES = [
    "inquiry",
    "technical_support",
    "after_sales",
    "business_application",
    "complaint",
    "suggestion",
]
TOUCHPOINTS = ["consult", "repair", "after_sales", "purchase", "complaint", "use"]  # by request
PHASES = ["before", "during", "after"]
PHASE_OF_REQUEST = np.array([0, 1, 2, 0, 2, 1])
REQUEST_WEIGHTS = [38, 20, 22, 12, 5, 3]
PRIORITY_LABELS = ["1 - urgent", "2 - general", "3 - routine"]
PRIORITY_CODES = ["urgent", "general", "routine"]
PRIORITY_WEIGHTS = [10, 52, 38]
TOPICS = ["billing", "delivery", "refund", "login", "quality", "installation", "warranty", "contract"]
TOPIC_WEIGHTS = [18, 14, 10, 14, 14, 10, 12, 8]
RISING_TOPIC = "refund"
EXCLUSION_LABELS = ["", "垃圾", "重复", "合并", "测试"]
STATUS_LABELS = ["处理中", "等待客户", "已解决", "已关闭"]

DEPARTMENTS = [
    ("D1", "Customer Care 客户服务部"),
    ("D2", "Technical Support 技术支持部"),
    ("D3", "After-sales 售后服务部"),
]
TEAMS = [  # number, name, department
    ("T1", "Hotline 热线组", 0),
    ("T2", "Online 在线组", 0),
    ("T3", "Applications 应用支持组", 1),
    ("T4", "Devices 设备支持组", 1),
    ("T5", "Returns 退换货组", 2),
    ("T6", "Field Service 现场服务组", 2),
]
SITES = ["上海", "成都", "深圳"]
SITE_OF_TEAM = np.array([0, 1, 0, 2, 1, 2, -1])
DEPARTMENT_OF_TEAM = np.array([*(department for _, _, department in TEAMS), -1])  # team -1 has none
SLIPPING_TEAM = 4  # Returns
PRODUCTS = [
    ("P01", "Smart Meter 智能电表", "device"),
    ("P02", "Home Router 家用路由器", "device"),
    ("P03", "Water Heater 热水器", "appliance"),
    ("P04", "Air Conditioner 空调", "appliance"),
    ("P05", "Cloud Storage 云存储", "service"),
    ("P06", "Repair Plan 延保服务", "service"),
    ("P07", "Energy Contract 能源合同", "contract"),
    ("P08", "Broadband 宽带", "contract"),
]

REGIONS = ["华东", "华南", "华北", "西南", "华中", "海外"]
ROOT_CAUSES = ["培训不足", "流程缺陷", "系统故障", "供应商", "沟通不清"]
COMPLAINT_TYPES = ["technical", "process", "staff", "product", "price", "environment"]
INSPECTION_KINDS = ["daily", "special"]
INSPECTOR_KINDS = ["service", "quality", "third_party"]
QA_CRITERIA = [
    "attitude", "process", "timeliness", "skill", "solving", "customisation", "accuracy", "language_norm",
    "transparency", "follow_up_care",
]  # fmt: skip
# Codes of the warehouse by scope type; a member is known by its place here.
TICKET_STAGES = {  # code: the CRM's word
    "identify": "识别",
    "analyse": "分析",
    "plan": "计划",
    "execute": "执行",
    "verify": "验证",
    "follow_up": "回访",
    "archive": "归档",
}
COMPLAINT_STAGES = {
    "received": "受理",
    "acknowledged": "确认",
    "assessed": "评估",
    "investigated": "调查",
    "responded": "答复",
    "decided": "决定",
    "closed": "关闭",
    "fed_back": "反馈改进",
}
OTHER_MEMBERS: dict[str, list[str]] = {
    "touchpoint": TOUCHPOINTS,
    "phase": PHASES,
    "region": REGIONS,
    "location": SITES,
    "segment": ["retail", "manufacturing", "finance", "education", "logistics", "private"],
    "company_size": ["large", "medium", "small"],
    "value_tier": ["high", "medium", "low"],
    "product": [f"crm:{code}" for code, _, _ in PRODUCTS],
    "request_type": REQUEST_CODES,
    "priority": PRIORITY_CODES,
    "language": ["zh", "en"],
    "complaint_type": COMPLAINT_TYPES,
    "root_cause": ROOT_CAUSES,
    "stage": [
        *(f"ticket/{code}" for code in TICKET_STAGES),
        *(f"complaint/{code}" for code in COMPLAINT_STAGES),
    ],
    "inspection_kind": INSPECTION_KINDS,
    "inspector_kind": INSPECTOR_KINDS,
    "qa_criterion": QA_CRITERIA,
    "spread_between": ["agent", "channel", "location", "weekday"],
}

SURNAMES_ZH = list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
GIVEN_ZH = [
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "秀英",
    "霞",
    "平",
]
GIVEN_EN = [
    "Ann",
    "Ben",
    "Clara",
    "David",
    "Emma",
    "Frank",
    "Grace",
    "Henry",
    "Iris",
    "Jack",
    "Kate",
    "Liam",
    "Mia",
    "Noah",
]
SURNAMES_EN = [
    "Baker",
    "Carter",
    "Dixon",
    "Evans",
    "Foster",
    "Grant",
    "Hughes",
    "Jones",
    "Kelly",
    "Lewis",
    "Moore",
    "Owen",
]
CANARY_GIVEN_ZH = ["锦书", "云舒", "鹤鸣", "知微", "听澜"]
CANARY_SURNAMES_ZH = ["欧阳", "司徒", "上官", "夏侯", "诸葛"]
CANARY_GIVEN_EN = ["Quillon", "Zephyrine", "Oswaldtha", "Ysoldea", "Thaddeusz"]
CANARY_SURNAMES_EN = ["Vanterpool", "Abernathyx", "Featherstonhaugh", "Wrigglesworth", "Ottolangui"]

SUBJECTS_ZH = [
    "账单金额不对",
    "快递一直没到",
    "申请退款",
    "登录不了账号",
    "质量有问题",
    "预约安装",
    "保修期怎么算",
    "合同变更",
    "请尽快处理，谢谢",
]
SUBJECTS_EN = [
    "Wrong amount on my bill",
    "Parcel has not arrived",
    "Refund, please",
    "Cannot log in",
    'It broke after "two days"',
    "Installation date",
    "Is this under warranty?",
    "Change of contract",
    "Please hurry; third request",
]
COMMENTS_GOOD = [
    "很满意，谢谢！",
    "客服很有耐心",
    "解决得很快 👍",
    "Great help, thank you",
    "Quick and friendly",
    "Solved at once",
]
COMMENTS_BAD = [
    "等了太久",
    "问题没有解决",
    "态度不好，\n再也不来了",
    "Waited far too long",
    'Still broken, "as always"',
    "Nobody called back",
]
COMPLAINT_TEXTS = [
    "安装人员迟到两小时，没有道歉",
    "退款申请三周没有结果",
    "设备发热，\n担心安全",
    "电话里态度恶劣",
    "价格与合同不一致",
    "营业厅太吵，排队太久",
    'Charged twice, "no explanation"',
    "The technician never came",
]
# Phone numbers and addresses that customers write into texts: masking must find them.
PERSONAL = [
    value
    for i in range(10)
    for value in (
        f"1394{i * 77_771:07d}",
        f"+86 137-{4000 + i * 31}-{5000 + i * 17}",
        f"anon.{i}@private.example.org",
        f"136 {6000 + i} {7000 + i}",
    )
]
_SENTENCES = ["请回电 {}，问题没解决", "my number is {}, call me", "write to {} please", "电话 {} 随时可以"]
WITH_PERSONAL = [_SENTENCES[i % len(_SENTENCES)].format(value) for i, value in enumerate(PERSONAL)]
