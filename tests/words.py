"""Words that no text may use: mainland and Taiwan usage in Macao Chinese, Brazilian usage in European Portuguese.

Only for tests. It judges wording, never meaning, and knows nothing about where a text is shown.
"""

import re
from typing import Final

# Names of instruments and bodies of the mainland keep their own words; they are taken out before looking.
OFFICIAL: Final = (
    "粵港澳大灣區（內地、澳門）個人信息跨境流動標準合同",
    "粵港澳大灣區（內地、香港）個人信息跨境流動標準合同",
    "個人信息跨境流動標準合同",
    "個人信息出境標準合同",
    "個人信息保護影響評估",
    "個人信息保護合規審計管理辦法",
    "個人信息保護認證",
    "個人信息保護法",
    "國家互聯網信息辦公室",
    "廣東省互聯網信息辦公室",
    "促進和規範數據跨境流動規定",
    "網絡數據安全管理條例",
    "數據出境安全評估",
    "數據安全法",
    "重要數據",
)

ZH_REFUSED: Final = (
    r"[個个]人信息",
    r"信息",
    r"數據",
    r"隱私",
    r"服務器",
    r"軟體|硬體|韌體",
    r"網路",
    r"文件夾",
    r"默認",
    r"缺省",
    r"用戶名",
    r"屏幕",
    r"打印",
    r"存儲",
    r"鏈接",
    r"視頻",
    r"短信",
    r"郵箱",
    r"硬盤|[Uu]盤",
    r"激活",
    r"卸載",
    r"賬",
    r"數位",
    r"行動電話",
    r"雙因素",
    # Given up for one word of the log: see CONTRIBUTING.md, Languages.
    r"稽核|中繼站|記錄主機|時間戳記|USB 手指|台電腦",
    # Characters that only simplified writing has.
    r"[个们这来时对为国发会说话务数据网络软库设计关闭开应该删创选择单击过还进户传输连结权护实码证试门问闻图书馆]",
    r"[电脑记录备资讯总经员处规则责违罚联变动态导师审询评级让认识谁请谢课调账号条约绝构层东车马鸟鱼龙齐两严业丛]",
)

PT_REFUSED: Final = (
    r"usuári[oa]s?",
    # An archive may be called so; a file may not.
    r"arquivos?(?! (?:central|comum|morto|histórico|d[eo]s? registos?|d[eo]s? logs?))",
    r"telas?",
    r"celular(?:es)?",
    r"senhas?",
    r"equipes?",
    r"salv(?:ar|e|em|ando|amento)",
    r"compartilh\w+",
    r"vocês?",
    r"registr\w+",
    r"contat\w+",
    r"fatos?",
    r"gerenci\w+",
    r"planej\w+",
    r"planilhas?",
    r"aplicativos?",
    r"bancos? de dados",
    r"acess(?:ar|e|em|ando)",
    r"delet\w+",
    r"chec(?:ar|ou|ado|ada|agem)",
    # Given up for one word of the log: see CONTRIBUTING.md, Languages.
    r"retransmissor(?:es)?",
    r"computador do registo",
    r"registo de actos",
    r"cadastr\w+",
    r"treinamentos?",
    r"monitoramentos?",
    r"bate-papos?",
    r"mouses?",
    r"conosco",
    r"idéias?",
    r"(?:freq|conseq|seq|tranq)ü\w+",
    # Brazilian circumflex before n or m and a vowel: econômico, eletrônico, gênero. Only fêmea has it in Portugal.
    r"\w*ô[nm][aeiou]\w*",
    r"(?!fêmea)\w*ê[nm][aeiou]\w+",
    # Brazilian progressive: está fazendo; Portugal says está a fazer.
    r"est(?:á|ão|ou|ava|avam|amos|iver|iverem) (?!quando)\w*(?:a|e|i)ndo",
)

_ZH: Final = re.compile("|".join(ZH_REFUSED))
_PT: Final = re.compile(r"\b(?:" + "|".join(PT_REFUSED) + r")\b", re.IGNORECASE)


def refused(lang: str, text: str) -> list[str]:
    """The refused words in `text`, in order of place; empty for a language without a list."""
    if lang == "zh-Hant":
        for name in OFFICIAL:
            text = text.replace(name, " ")
        return _ZH.findall(text)
    return _PT.findall(text) if lang == "pt" else []
