"""OTLP's request as this door reads it: OpenTelemetry's own messages, with bytes for texts and for each log.

https://github.com/open-telemetry/opentelemetry-proto
"""

from google.protobuf.descriptor_pb2 import FileDescriptorProto
from opentelemetry.proto.collector.logs.v1 import logs_service_pb2
from opentelemetry.proto.common.v1 import common_pb2
from opentelemetry.proto.logs.v1 import logs_pb2
from opentelemetry.proto.resource.v1 import resource_pb2

from functions.ingest.dialects.protobuf import Messages

_messages = Messages(
    [
        FileDescriptorProto.FromString(file.DESCRIPTOR.serialized_pb)
        for file in (common_pb2, resource_pb2, logs_pb2, logs_service_pb2)
    ],
    parts=("resource_logs", "resource", "scope_logs", "scope", "log_records"),
)
Export = _messages.named("opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest")
ResourceLogs = _messages.named("opentelemetry.proto.logs.v1.ResourceLogs")
ScopeLogs = _messages.named("opentelemetry.proto.logs.v1.ScopeLogs")
LogRecord = _messages.named("opentelemetry.proto.logs.v1.LogRecord")
Resource = _messages.named("opentelemetry.proto.resource.v1.Resource")
Scope = _messages.named("opentelemetry.proto.common.v1.InstrumentationScope")
