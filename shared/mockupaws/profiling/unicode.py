def utf8(text: str) -> tuple[str, bytes]:
    """A text that has UTF-8 bytes, and these bytes.

    JSON may carry lone surrogates (a pair cut in two by a sender's limit), which no encoding has: each becomes U+FFFD.
    """
    try:
        return text, text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text, text.encode()
