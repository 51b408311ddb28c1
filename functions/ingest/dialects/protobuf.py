"""Protobuf whose texts may be no UTF-8 and whose logs are parsed one by one: for either a parser refuses the whole.

On the wire a text, a message and bytes are the same: a length, and so many bytes.
"""

from collections.abc import Container, Iterable
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

from functions.ingest.dialects.parts import UnreadablePartError
from functions.ingest.dialects.pieces import check_size

_FIELD = descriptor_pb2.FieldDescriptorProto


class Messages:
    """The messages of some files, with bytes for texts.

    Args:
        files: what declares them, each after those that it imports.
        parts: names of fields whose messages are bytes too, to be parsed by themselves.
    """

    def __init__(self, files: Iterable[descriptor_pb2.FileDescriptorProto], parts: Container[str]) -> None:
        self._pool = descriptor_pool.DescriptorPool()
        for file in files:
            for message in file.message_type:
                for field in message.field:
                    if field.type == _FIELD.TYPE_STRING or field.name in parts:
                        field.type = _FIELD.TYPE_BYTES
                        field.ClearField("type_name")
            self._pool.Add(file)

    def named(self, name: str) -> Any:
        """The class of a message, by its full name."""
        return message_factory.GetMessageClass(self._pool.FindMessageTypeByName(name))


def parsed(data: bytes, message: Any) -> Any:
    """The message that the bytes are.

    Raises:
        UnreadablePartError: they are none.
    """
    try:
        return message.FromString(data)
    except DecodeError as error:
        raise UnreadablePartError("it is no protobuf, or nested too deeply") from error


def parsed_log(data: bytes, message: Any) -> Any:
    """The message of one log; see `parsed`.

    Raises:
        PayloadTooLargeError: it is larger than a record may be.
    """
    check_size(len(data))
    return parsed(data, message)


def text(data: bytes) -> str:
    """A text, with U+FFFD for what is no UTF-8."""
    return data.decode("utf-8", "replace")
