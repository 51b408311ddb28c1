"""Loki's push request in protobuf, declared here: no package on PyPI carries it.

https://github.com/grafana/loki/blob/main/pkg/push/push.proto
"""

from google.protobuf import descriptor_pb2

from functions.ingest.dialects.protobuf import Messages

_FIELD = descriptor_pb2.FieldDescriptorProto
# Of each message its fields, by name, number and type, and whether they repeat.
_MESSAGES: dict[str, list[tuple[str, int, str, bool]]] = {
    "PushRequest": [("streams", 1, "Stream", True)],
    "Stream": [("labels", 1, "string", False), ("entries", 2, "Entry", True)],
    "Entry": [("timestamp", 1, "Timestamp", False), ("line", 2, "string", False), ("metadata", 3, "Label", True)],
    "Timestamp": [("seconds", 1, "int64", False), ("nanos", 2, "int32", False)],
    "Label": [("name", 1, "string", False), ("value", 2, "string", False)],
}
_SCALARS = {"string": _FIELD.TYPE_STRING, "int64": _FIELD.TYPE_INT64, "int32": _FIELD.TYPE_INT32}


def _push() -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(name="loki_push.proto", package="logproto", syntax="proto3")
    for message, fields in _MESSAGES.items():
        declared = file.message_type.add(name=message)
        for name, number, kind, repeated in fields:
            declared.field.add(
                name=name,
                number=number,
                type=_SCALARS.get(kind, _FIELD.TYPE_MESSAGE),
                type_name=None if kind in _SCALARS else f".logproto.{kind}",
                label=_FIELD.LABEL_REPEATED if repeated else _FIELD.LABEL_OPTIONAL,
            )
    return file


_messages = Messages([_push()], parts=("streams", "entries"))
PushRequest = _messages.named("logproto.PushRequest")
Stream = _messages.named("logproto.Stream")
Entry = _messages.named("logproto.Entry")
