"""What kind of thing a question asks for, told from its words. A new way of asking is a new row."""

from __future__ import annotations

import re

from assistant.models import Kind

CUES: tuple[tuple[Kind, str, str], ...] = (
    (
        Kind.CONDITION,
        r"条件|要求(?!(?:职业|民办|公办)?(?:学校|企业|公司|单位|学生|教师|老师|我们|职校|院校))|资格|门槛|前提|标准是什么|够格|达标|符合(什么|哪些)|满足(什么|哪些)|具备(什么|哪些)"
        r"|(能|可以|可不可以|能不能|能否|是否可以)(申请|申报|享受(?!到?(?:什么|哪些|啥))|参加|认定|领|拿|抵|扣)|谁(能|可以)"
        r"|什么样的(企业|公司|学校|人)"
        r"|哪些(企业|公司|学校|人|单位)(能|可以)|凑齐|(怎么|怎样|如何|咋)(样|才)?(能|可以|才能)?(成为|当上|评上|评为|认定为|入选|入围|入库)"
        r"|才(能|可以|算)(成为|当上|评上|评为|算|入选|入围|入库|认定|申报|申请|享受|领|拿)",
        r"\bconditions?\b|\brequirements?\b|\beligib\w+|\bqualif\w+|\bcriteria\b|\bprerequisites?\b|who can\b"
        r"|can (we|our|a)\b|\b(?:must|have to|need to)\b[^?]*\b(?:meet|satisfy|fulfil)"
        r"|\bto (?:be|become|get|be listed as|be recogni[sz]ed as|qualify as) (?:an? )?"
        r"(?:certified|recogni[sz]ed|accredited|approved|industry-education|integration)",
    ),
    (
        Kind.MATERIAL,
        r"(?:材料|资料)(?!都?(?:交|报|递|送|提交|准备)(?:上去|齐|完|好|了|过去|后|之后|以后)|齐)|证件|文件清单|提交(什么|哪些)|准备(什么|哪些)|带(什么|哪些)|要交什么|附件",
        r"\bmaterials?\b|\bpaperwork\b|\bpapers\b|\bwhich documents\b|\bwhat documents\b|\bforms?\b",
    ),
    (
        Kind.PROCEDURE,
        r"流程|程序|步骤|手续|(?<![了的])怎么(申请|申报|办|走|领|报)|怎么(?:办理|办证)|如何(申请|申报|办理|办|领取|认定)|怎样(申请|申报|办)"
        r"|去哪(里|儿)?(办|申请)|在哪(里|儿)?(办|申请|申报)",
        r"\bprocedures?\b|\bprocess\b|\bsteps?\b"
        r"|how (do|can|should|to) (we |i |a \w+ )?(apply|file|claim|register)|\bapply for\b",
    ),
    (
        Kind.DEADLINE,
        r"什么时候|何时|期限|截止|多久|多长时间|几天|几日|几个月|几年|多少(天|日|年|个月)|哪天|时限|有效期"
        r"|最长|最短|每年几月",
        r"\b(?:by|until|since|from) when\b|\bwhen (?:do|does|did|is|are|was|were|will|must|can|should|may|has|have)\b"
        r"|\bdeadlines?\b|\bhow long\b|\btime limit\b|\bhow many (days|months|years)\b"
        r"|\bexpir\w+",
    ),
    (
        Kind.BENEFIT,
        r"优惠|补贴|补助|奖励|扶持|好处|激励|抵免|减免|减税|免税|退税|返税|返还|资助|抵多少|抵扣|扣除|支持|享受到?(什么|哪些|啥)",
        r"\bincentives?\b|\bsubsid\w+|\bbenefits?\b|\bcredit(ed)?\b|\bdeduct\w*|\brelief\b|\brefunds?\b"
        r"|\brewards?\b|\bsupport\b|\bexempt\w*",
    ),
    (
        Kind.SANCTION,
        r"处罚|罚款|罚|后果|法律责任|违反|违规|不遵守|取消资格|追回|退回|补缴|追究|会怎么?样|有什么下场|怎么处理|惩罚|吊销",
        r"\bpenalt\w+|\bsanctions?\b|\bconsequences?\b|\bfin(e|ed|es)\b|\bpunish\w*|\bliab\w+|\bviolat\w+"
        r"|\bbreach\w*|\bbreaks? (?:it|this|that|them|the (?:law|rules?))\b"
        r"|\b(?:do|does|did)(?:n't| not) (?:comply|follow|obey)\b"
        r"|\b(?:do|does|did) (?:it|this|that|so) anyway\b|\bgets? caught\b|\bignores? (?:it|this|that)\b|what (?:will )?happens?\b[^?]*\bif\b",
    ),
    (
        Kind.DEFINITION,
        r"是什么意思|什么叫|什么是|是指什么|指的是什么|指什么|定义|含义|概念|怎么理解|是什么$|是什么[？?]",
        r"\bwhat is (an? |the meaning)|\bdefin\w+|\bwhat does .* mean|\bmeaning of\b|\bwhat counts as\b",
    ),
    (
        Kind.AUTHORITY,
        r"谁负责|哪个部门|哪些部门|什么部门|归谁管|主管部门|谁来管|由谁|谁批|找谁|哪里管",
        r"\bwho is (responsible|in charge)\b|\bwhich (department|authority|agency|body)\b"
        r"|\bwho (approves|decides|manages)\b",
    ),
    (
        Kind.OBLIGATION,
        r"必须|应当|义务|职责|要求(?:职业|民办|公办)?(?:学校|企业|公司|单位|学生|教师|老师|我们|职校|院校)|不得|禁止|不能|不许|要不要|需不需要|需要.*吗|必要|有没有规定|是否需要|允许|能不能让|可以让",
        r"\bmust\b(?! (?:\w+ ){1,6}(?:contain|include|state|specify|say)\b)|\bobligat\w+|\bdut(y|ies)\b|\brequired to\b|\bhave to\b|\bprohibit\w*|\bforbid\w*"
        r"|\ballowed\b|\bmay (we|a|the)\b",
    ),
    (
        Kind.SUPERVISION,
        r"监督|检查|考核|评估|督导|年报|复核",
        r"\bsupervis\w+|\binspect\w*|\bassess\w*|\breview(ed)?\b|\baudit",
    ),
    (Kind.TARGET, r"目标|到20\d\d年|规划|数量|多少家|多少个", r"\btargets?\b|\bgoals?\b|\bby 20\d\d\b"),
    (
        Kind.FINDING,
        r"研究(?!生|院|所|机构|开发|中心)|论文|学者|调查发现|实证",
        r"\bstud(y|ies)\b|\bresearch\w*|\bpapers?\b|\bscholars?\b|\bempirical",
    ),
)

_COMPILED = tuple((kind, re.compile(zh), re.compile(en, re.IGNORECASE)) for kind, zh, en in CUES)

AMOUNT = re.compile(
    r"多少(?!家|个部门)|几成|百分之几|比例|金额|额度|标准是|上限|下限|税率|费率|几倍|幅度"
    r"|how much|how many|\brates?\b|percent|\bamounts?\b|\bceiling\b|\bcap\b|\bmaximum\b|\bminimum\b",
    re.IGNORECASE,
)
LIST = re.compile(
    r"哪些|哪几|有什么|什么条件|列出|清单|分别是|包括什么|几种|几类|都有"
    r"|what are\b|\bwhich\b|\blist\b|what (conditions|requirements|documents|materials|measures|incentives)",
    re.IGNORECASE,
)
# Asks for the rules on a subject at large, which no one clause holds.
RULES = re.compile(
    r"遵守|(?:哪些|什么|啥)(?:规定|规矩|规范|义务|职责|(?:鼓励|支持|扶持|激励|优惠|保障)?措施)|(?:规定|措施)有哪些|注意(?:些)?(?:什么|哪些|啥|事项)|要注意的"
    r"|\bwhat\b[^?]*\b(?:observe|comply with|(?:watch|look) out for|pay attention to)\b"
    r"|\b(?:what|which) (?:rules|obligations|duties|(?:\w+ )?measures)\b",
    re.IGNORECASE,
)
COMPARISON = re.compile(
    r"区别|不同|差别|相比|对比|比较|差异|和.*有什么不一样"
    r"|\bdiffer\w*|\bcompar\w+|\bversus\b|\bvs\b",
    re.IGNORECASE,
)


ASKING = re.compile(
    r"多少|多久|多长|几(?!乎)|哪|什么|怎么|怎样|如何|谁|何时|是否|能不能|可不可以|要不要|有没有|是不是|会不会|算不算|行不行|[吗呢]"
    r"|\b(how|who|whom|what|when|which|where|why|does|do|is|are|can|must|may|should)\b",
    re.IGNORECASE,
)
# Asks without a question mark; a statement may well hold 有 or 几.
ASKS_OUTRIGHT = re.compile(
    r"多少|多久|多长时间|哪些|哪个|谁(?=来|负责|批|管|能|可以)|由谁|什么|怎么|怎样|如何|是否|能不能|能否|可不可以|要不要|有没有|需不需要|是不是|会不会|算不算|行不行|[吗呢](?=$|[。！!])"
)


_SPEAKERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (audience, re.compile(pattern, re.IGNORECASE))
    for audience, pattern in (
        (
            "enterprise",
            r"(?:我们?|咱们?|俺们?|本)(?:这?家?|是[^，。？?]{0,16}?)(?:公司|企业|厂)|我司|本公司|\b(?:our|my) (?:company|firm|factory|business)\b"
            r"|\bwe are an? [^,.?]{0,30}(?:company|firm|manufacturer|factory)\b",
        ),
        (
            "vocational_school",
            r"(?:我们?|咱们?|本)(?:这?所?|是[^，。？?]{0,16}?)(?:学校|职校|院校|学院|高职|中职|技校)|我校|我院|\b(?:our|my) (?:school|college)\b",
        ),
        (
            "student",
            r"我们?是[^，。？?]{0,12}(?:学生|实习生)|\b(?:I am|I'm|we are) (?:an? )?(?:\w+ )?(?:students?|interns?)\b",
        ),
        ("teacher", r"我们?是[^，。？?]{0,12}(?:教师|老师)|\b(?:I am|I'm|we are) (?:an? )?(?:\w+ )?teachers?\b"),
    )
)


def audience(question: str) -> str | None:
    """Return as whom the asker speaks, where the question says so: 我们公司, our college."""
    return next((who for who, pattern in _SPEAKERS if pattern.search(question)), None)


def kinds(question: str) -> tuple[Kind, ...]:
    """Return what the question asks for, in the order of the table; empty when its words do not tell."""
    return tuple(kind for kind, zh, en in _COMPILED if zh.search(question) or en.search(question))


def without(question: str) -> str:
    """Return a question without the words that tell what it asks for."""
    for _, zh, en in _COMPILED:
        question = en.sub(" ", zh.sub(" ", question))
    return AMOUNT.sub(" ", question)
