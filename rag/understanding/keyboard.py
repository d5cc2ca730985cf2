"""Reads what was typed with the wrong keyboard layout: ghbdtn is привет."""

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)


def in_other_layout(text: str) -> str:
    """A text as the same keys would have typed it in the other layout, Russian or English.

    >>> in_other_layout("crjkmrj pfrjyjd?"), in_other_layout("руддщ")
    ('сколько законов?', 'hello')
    """
    is_cyrillic = any("а" <= letter <= "я" for letter in text.lower())
    return text.translate(_TO_LATIN if is_cyrillic else _TO_CYRILLIC)
