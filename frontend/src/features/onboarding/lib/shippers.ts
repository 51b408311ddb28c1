/** Where logs go, and what opens the door. */
export interface Door {
  /** The API's address, as a shipper on another machine would reach it. */
  url: URL;
  key: string;
  scenarioId: string;
}

export interface Shipper {
  id: string;
  name: string;
  /** What the snippet is: the file that it goes into, or the shell. */
  file: string;
  snippet: (door: Door) => string;
}

const at = (door: Door, path: string) => `${door.url.origin}/api/v1/ingest${path}`;
const port = ({ url }: Door) => url.port || (url.protocol === 'https:' ? '443' : '80');
const tls = ({ url }: Door) => url.protocol === 'https:';

/**
 * What to paste for each shipper. Batches stay below what the door takes in a request: 6 MB and 10,000 logs, unpacked.
 */
export const SHIPPERS: readonly Shipper[] = [
  {
    id: 'curl',
    name: 'curl',
    file: 'shell',
    snippet: (door) => `curl '${at(door, '')}' \\
  -H 'X-API-Key: ${door.key}' \\
  -H 'X-Scenario-ID: ${door.scenarioId}' \\
  --data-binary @app.log`,
  },
  {
    id: 'mockupaws',
    name: 'mockupaws send',
    file: 'shell',
    snippet: (door) => `export MOCKUPAWS_URL='${door.url.origin}'
export MOCKUPAWS_API_KEY='${door.key}'
export MOCKUPAWS_SCENARIO='${door.scenarioId}'
mockupaws send app.log`,
  },
  {
    id: 'otel',
    name: 'OpenTelemetry Collector',
    file: 'otel-collector.yaml',
    snippet: (door) => `processors:
  batch:
    send_batch_size: 2000
    send_batch_max_size: 5000

exporters:
  otlphttp/mockupaws:
    logs_endpoint: ${at(door, '/otlp/v1/logs')}
    headers:
      X-API-Key: ${door.key}
      X-Scenario-ID: ${door.scenarioId}

service:
  pipelines:
    logs:
      receivers: [otlp]
      processors: [batch]
      exporters: [otlphttp/mockupaws]`,
  },
  {
    id: 'fluent-bit',
    name: 'Fluent Bit',
    file: 'fluent-bit.conf',
    snippet: (door) => `[OUTPUT]
    Name      http
    Match     *
    Host      ${door.url.hostname}
    Port      ${port(door)}
    URI       /api/v1/ingest
    Format    json_lines
    Compress  gzip
    Tls       ${tls(door) ? 'On' : 'Off'}
    Header    X-API-Key ${door.key}
    Header    X-Scenario-ID ${door.scenarioId}`,
  },
  {
    id: 'vector',
    name: 'Vector',
    file: 'vector.yaml',
    snippet: (door) => `sinks:
  mockupaws:
    type: http
    inputs: ["*"]
    uri: ${at(door, '')}
    compression: gzip
    encoding:
      codec: json
    framing:
      method: newline_delimited
    batch:
      max_bytes: 4000000
      max_events: 5000
    request:
      headers:
        X-API-Key: ${door.key}
        X-Scenario-ID: ${door.scenarioId}`,
  },
  {
    id: 'logstash',
    name: 'Logstash',
    file: 'logstash.conf',
    snippet: (door) => `output {
  http {
    url => "${at(door, '')}"
    http_method => "post"
    format => "json_batch"
    http_compression => true
    headers => {
      "X-API-Key" => "${door.key}"
      "X-Scenario-ID" => "${door.scenarioId}"
    }
  }
}`,
  },
  {
    id: 'loki',
    name: 'Grafana Alloy (Loki)',
    file: 'config.alloy',
    snippet: (door) => `loki.write "mockupaws" {
  endpoint {
    url     = "${at(door, '/loki/api/v1/push')}"
    headers = {
      "X-API-Key"     = "${door.key}",
      "X-Scenario-ID" = "${door.scenarioId}",
    }
  }
}`,
  },
  {
    id: 'syslog-ng',
    name: 'syslog-ng',
    file: 'syslog-ng.conf',
    snippet: (door) => `destination d_mockupaws {
  http(
    url("${at(door, '')}")
    method("POST")
    headers("X-API-Key: ${door.key}", "X-Scenario-ID: ${door.scenarioId}")
    body("$(format-json message=$MSG source=$PROGRAM timestamp=$ISODATE)")
    delimiter("\\n")
    batch-lines(1000)
    batch-bytes(4194304)
    batch-timeout(5000)
  );
};`,
  },
  {
    id: 'rsyslog',
    name: 'rsyslog',
    file: 'rsyslog.conf',
    snippet: (door) => `module(load="omhttp")
template(name="mockupaws" type="list" option.jsonf="on") {
  property(outname="message" name="msg" format="jsonf")
  property(outname="source" name="programname" format="jsonf")
  property(outname="timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
}
action(type="omhttp" template="mockupaws"
       server="${door.url.hostname}" serverport="${port(door)}" usehttps="${tls(door) ? 'on' : 'off'}"
       restpath="api/v1/ingest"
       httpheaders=["X-API-Key: ${door.key}", "X-Scenario-ID: ${door.scenarioId}"]
       batch="on" batch.format="newline" batch.maxsize="1000" batch.maxbytes="4194304")`,
  },
  {
    id: 'winston',
    name: 'winston (Node.js)',
    file: 'logger.js',
    snippet: (door) => `import winston from 'winston';

export const logger = winston.createLogger({
  format: winston.format.json(),
  transports: [
    new winston.transports.Http({
      host: '${door.url.hostname}',
      port: ${port(door)},
      ssl: ${tls(door)},
      path: '/api/v1/ingest',
      batch: true,
      batchCount: 500,
      headers: {
        'X-API-Key': '${door.key}',
        'X-Scenario-ID': '${door.scenarioId}',
      },
    }),
  ],
});`,
  },
  {
    id: 'pino',
    name: 'pino (Node.js)',
    file: 'logger.js',
    snippet: (door) => `import pino from 'pino';

export const logger = pino(
  pino.transport({
    target: 'pino-loki',
    options: {
      host: '${door.url.origin}',
      endpoint: 'api/v1/ingest/loki/api/v1/push',
      headers: {
        'X-API-Key': '${door.key}',
        'X-Scenario-ID': '${door.scenarioId}',
      },
    },
  }),
);`,
  },
  {
    id: 'python',
    name: 'Python (OpenTelemetry)',
    file: 'logs.py',
    snippet: (door) => `import logging

from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor

provider = LoggerProvider()
provider.add_log_record_processor(
    BatchLogRecordProcessor(
        OTLPLogExporter(
            endpoint="${at(door, '/otlp/v1/logs')}",
            headers={
                "X-API-Key": "${door.key}",
                "X-Scenario-ID": "${door.scenarioId}",
            },
        )
    )
)
logging.getLogger().addHandler(LoggingHandler(logger_provider=provider))`,
  },
  {
    id: 'splunk',
    name: 'Splunk HEC',
    file: 'shell',
    snippet: (door) => `curl '${at(door, '/services/collector/event')}?scenario_id=${door.scenarioId}' \\
  -H 'Authorization: Splunk ${door.key}' \\
  -d '{"event": "order 4711 placed", "source": "checkout"}'`,
  },
  {
    id: 'firehose',
    name: 'Amazon Data Firehose',
    file: 'http-endpoint.json',
    snippet: (door) => `{
  "EndpointConfiguration": {
    "Url": "${at(door, '/firehose')}",
    "Name": "mockupAWS",
    "AccessKey": "${door.key}"
  },
  "BufferingHints": { "SizeInMBs": 1, "IntervalInSeconds": 60 },
  "RequestConfiguration": {
    "ContentEncoding": "GZIP",
    "CommonAttributes": [
      { "AttributeName": "scenario_id", "AttributeValue": "${door.scenarioId}" }
    ]
  }
}`,
  },
];

/** Where the key will be, until there is one. */
export const NO_KEY = 'mk_YOUR_API_KEY';
