"""papermill's parameters as statements of Plumb."""
import math

from papermill.engines import NBClientEngine
from papermill.translators import Translator, papermill_translators


class PlumbTranslator(Translator):
    """Writes values as Plumb does."""

    @classmethod
    def translate_none(cls, val):
        return "null"

    @classmethod
    def translate_bool(cls, val):
        return "true" if val else "false"

    @classmethod
    def translate_float(cls, val):
        if math.isnan(val):
            return "nan"
        if math.isinf(val):
            return "inf" if val > 0 else "-inf"
        text = repr(float(val))
        # A float has digits on both sides of its point.
        mantissa, exponent, power = text.partition("e")
        if "." not in mantissa:
            mantissa += ".0"
        return mantissa + exponent + power

    @classmethod
    def translate_str(cls, val):
        escaped = ""
        for character in str(val):
            if character in "\\\"":
                escaped += "\\" + character
            elif character == "\n":
                escaped += "\\n"
            elif character == "\t":
                escaped += "\\t"
            elif character == "\r":
                escaped += "\\r"
            elif ord(character) < 0x20 or ord(character) == 0x7F:
                escaped += "\\u{%x}" % ord(character)
            else:
                escaped += character
        return f'"{escaped}"'

    @classmethod
    def translate_dict(cls, val):
        members = ", ".join(f"{cls.translate_str(k)}: {cls.translate(v)}" for k, v in val.items())
        return f"{{{members}}}"

    @classmethod
    def translate_list(cls, val):
        return f"[{', '.join(cls.translate(v) for v in val)}]"

    @classmethod
    def comment(cls, cmt_str):
        return f"# {cmt_str}".rstrip()

    @classmethod
    def assign(cls, name, str_val):
        return f"let {name} = {str_val}"


class PlumbEngine(NBClientEngine):
    """papermill's own engine: only its import is needed, which registers the translator."""


papermill_translators.register("plumb", PlumbTranslator)
