"""How much a paper tells of the residents on it: one template, several levels (PIPL art. 51, domain brief 5.3)."""

from app.domain.values import CodeSet


class Privacy(CodeSet):
    """The levels; who stays anonymous or asked for confidentiality is named at none of them."""

    USUAL = "usual", "按表单惯例"
    """As the paper is meant: by name where the resident signs it, masked in ledgers; telephone and address masked."""
    FULL = "full", "完整"
    """By name, telephone and address whole: who may see contacts may print it, and the journal notes it."""
    MASKED = "masked", "脱敏"
    """张*, 138****5678, the address down to the village."""
    PSEUDONYMOUS = "pseudonymous", "代称"
    """By a number, the same on every paper and at every print; no telephone, no address, no resident's name in a text."""
