"""Reads what was typed with the wrong keyboard layout: ghbdtn is привет."""

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)
_TO_KAZAKH = _TO_CYRILLIC | str.maketrans("2345890-=", "әіңғүұқөһ")  # its letters lie on the row of digits


def in_other_layout(text: str) -> str:
    """A text as the same keys would have typed it in the other layout, Russian or English.

    >>> in_other_layout("crjkmrj pfrjyjd?"), in_other_layout("руддщ")
    ('сколько законов?', 'hello')
    """
    is_cyrillic = any("а" <= letter <= "я" for letter in text.lower())
    return text.translate(_TO_LATIN if is_cyrillic else _TO_CYRILLIC)


def in_kazakh_layout(text: str) -> str:
    """A text in Latin letters as the same keys would have typed it in the Kazakh layout.

    >>> in_kazakh_layout("0fyif pf4?")
    'қанша заң?'
    """
    return text.translate(_TO_KAZAKH)
