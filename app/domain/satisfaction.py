"""The three levels in which residents and deputies say how content they are."""

from app.domain.values import CodeSet


class Satisfaction(CodeSet):
    """One answer; 办理态度 and 办理结果 are asked separately."""

    SATISFIED = "satisfied", "满意"
    BASICALLY_SATISFIED = "basically_satisfied", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
