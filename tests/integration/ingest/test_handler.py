"""At the door: what is taken reaches the database once, what is not is told so, and no raw text stays anywhere."""

import base64
import gzip
import json
import secrets
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, LiteralString
from uuid import UUID

import boto3
import cramjam
import pytest
from botocore.exceptions import EndpointConnectionError
from psycopg import sql

from functions.ingest.handler import handler
from functions.ingest.models import MAX_REQUEST_BYTES
from functions.store_logs.handler import handler as store_logs
from infra.catalog import FUNCTIONS
from shared.mockupaws import log_queue
from shared.mockupaws.contracts.batch import HASH_BYTES
from shared.mockupaws.db import Rows, database
from shared.mockupaws.ids import new_id
from shared.mockupaws.settings import settings
from shared.mockupaws.unpack import MAX_UNPACKED_BYTES
from tests import factories
from tests.batches import sqs_record
from tests.gateway import Gateway, HttpReply, Invocation
from tests.integration.sums import check_sums
from tests.unit.ingest.requests import SHIPPERS, sent_by

ROUTES = [route.key for function in FUNCTIONS if function.name == "ingest" for route in function.routes]
MAIL = "ada.lovelace@example.com"


@dataclass
class Door:
    """A running scenario, its owner's key, and the queue behind the door."""

    connection: Rows
    scenario_id: UUID
    key: str
    queue_url: str
    gateway: Gateway

    def send(self, body: Any, path: str = "/ingest", **headers: str) -> HttpReply:
        sent = {"x-scenario-id": str(self.scenario_id), **{k.replace("_", "-"): v for k, v in headers.items()}}
        return self.gateway.post(path, body, key=self.key, headers=sent)

    def messages(self) -> list[str]:
        got = boto3.client("sqs").receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10)
        return [message["Body"] for message in got.get("Messages", [])]

    def store(self) -> list[tuple[Any, ...]]:
        """Runs what is on the queue through store_logs; the rows that are there then."""
        event = {"Records": [sqs_record(body) for body in self.messages()]}
        assert store_logs(event, Invocation()) == {"batchItemFailures": []}
        check_sums(self.connection, self.scenario_id)
        columns = "message_preview, source, level, has_pii, size_bytes"
        return self.connection.execute(f"SELECT {columns} FROM scenario_logs ORDER BY id").fetchall()  # noqa: S608


@pytest.fixture
def door(connection: Rows, queue_url: str, monkeypatch: pytest.MonkeyPatch) -> Door:
    boto3.client("s3").create_bucket(Bucket="payloads", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    monkeypatch.setenv("PAYLOAD_BUCKET", "payloads")
    settings.cache_clear()
    key = factories.api_key(connection)
    scenario = factories.scenario(connection, user_id=key["user_id"], status="running")
    return Door(connection, scenario["id"], key["key"], queue_url, Gateway(handler, ROUTES))


def test_one_object_is_answered_with_its_log_s_id(door: Door) -> None:
    reply = door.send({"message": f"login of {MAIL} failed", "source": "auth", "level": "error"})
    assert reply.status == 202
    assert set(reply.json) == {"status", "log_id", "estimated_cost_impact"}
    assert (reply.json["status"], reply.headers["cache-control"]) == ("accepted", "no-store")
    assert Decimal(reply.json["estimated_cost_impact"]) >= 0
    assert door.store() == [("login of a***@***.com failed", "auth", "error", True, 40)]
    stored = door.connection.execute("SELECT id FROM scenario_logs").fetchone()
    assert stored == (UUID(reply.json["log_id"]),)


def test_behind_an_edge_the_door_takes_nothing_that_went_round_it(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = boto3.client("secretsmanager").create_secret(Name="edge", SecretString='{"key": "s3cret"}')
    monkeypatch.setenv("EDGE_SECRET_ARN", secret["ARN"])
    settings.cache_clear()
    refused = door.send({"message": "a"})
    assert (refused.status, refused.json["error"]) == (403, "forbidden")
    assert door.messages() == []
    assert door.send({"message": "a"}, x_origin_verify="s3cret").status == 202


@pytest.mark.parametrize(
    "body",
    [
        '[{"message": "a"}, {"log": "b"}, {"msg": "c"}, {"MESSAGE": "d"}, "e"]',
        '{"message": "a"}\n{"log": "b"}\r\n{"msg": "c"}\n\n{"MESSAGE": "d"}\ne',
        '{"message": "a"}\n{"log": "b"}\n{"msg": "c"}\n{"MESSAGE": "d"}\ne\n',
        "a\nb\nc\nd\ne\n",
    ],
)
@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded", "text/plain"])
def test_many_logs_are_told_apart_by_what_they_are(door: Door, body: str, content_type: str) -> None:
    reply = door.send(body, content_type=content_type)
    assert (reply.status, reply.json["accepted"], reply.json["rejected"]) == (202, 5, [])
    assert [row[0] for row in door.store()] == ["a", "b", "c", "d", "e"]


def test_an_object_without_a_message_is_its_own(door: Door) -> None:
    assert door.send('{"user": "ada",  "ok": true}').status == 202
    assert door.store()[0][0] == '{"user":"ada","ok":true}'


def test_what_cannot_be_read_is_rejected_and_kept_and_the_rest_is_taken(door: Door) -> None:
    reply = door.send([{"message": "good"}, 17, {"message": ""}, None])
    assert (reply.status, reply.json["accepted"]) == (202, 1)
    assert [item["index"] for item in reply.json["rejected"]] == [1, 2, 3]
    assert len(door.store()) == 1
    kept = door.connection.execute("SELECT position, sample FROM ingest_rejects ORDER BY position").fetchall()
    assert kept == [(1, "17"), (2, ""), (3, "null")]


def test_the_event_s_own_time_is_the_traffic_s_time(door: Door) -> None:
    yesterday = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    times = [yesterday.isoformat(), yesterday.timestamp(), yesterday.timestamp() * 1000, "2005-06-03T15:42:50Z", "soon"]
    assert door.send([{"message": str(i), "timestamp": t} for i, t in enumerate(times)]).status == 202
    door.store()
    minutes = door.connection.execute("SELECT minute, logs FROM scenario_minutes ORDER BY 1").fetchall()
    assert minutes[0] == (yesterday.replace(second=0), 3)
    assert [logs for _, logs in minutes] == [3, 2], "what is too old or no time counts as received now"


@pytest.mark.parametrize(
    "headers", [{}, {"x-api-key": "mk_aaaaaaaa_" + "x" * 32}, {"authorization": "Bearer nonsense"}]
)
def test_without_a_key_that_holds_it_is_401(door: Door, headers: dict[str, str]) -> None:
    sent = {"x-scenario-id": str(door.scenario_id), **headers}
    reply = door.gateway.post("/ingest", {"message": "x"}, headers=sent)
    assert (reply.status, reply.json["error"]) == (401, "unauthorized")
    assert door.messages() == []


@pytest.mark.parametrize("form", ["bearer", "basic", "splunk", "firehose"])
def test_a_key_may_come_in_any_form_that_shippers_use(door: Door, form: str) -> None:
    forms = {
        "bearer": {"authorization": f"Bearer {door.key}"},
        "basic": {"authorization": "Basic " + base64.b64encode(f"anyone:{door.key}".encode()).decode()},
        "splunk": {"authorization": f"Splunk {door.key}"},
        "firehose": {"x-amz-firehose-access-key": door.key},
    }
    sent = {"x-scenario-id": str(door.scenario_id), **forms[form]}
    assert door.gateway.post("/ingest", {"message": "x"}, headers=sent).status == 202


@pytest.mark.parametrize("attributes", ["[" * 9_000, '{"commonAttributes":' * 600, "9" * 9_000, "{", '{"a":1}'])
def test_attributes_that_say_no_scenario_are_no_reason_to_fail(door: Door, attributes: str) -> None:
    headers = {"x-amz-firehose-common-attributes": attributes}
    assert door.gateway.post("/ingest/firehose", b"{}", headers=headers).status == 401
    sent = {**headers, "x-amz-firehose-access-key": door.key}
    assert door.gateway.post("/ingest/firehose", b"{}", headers=sent).status == 400


def test_a_key_without_the_scope_is_403(door: Door) -> None:
    owner = door.connection.execute("SELECT user_id FROM scenarios").fetchone()
    assert owner
    door.key = factories.api_key(door.connection, user_id=owner[0], scopes=["read:scenarios"])["key"]
    assert door.send({"message": "x"}).status == 403


def test_a_revoked_key_ends_at_the_next_request_of_a_warm_container(door: Door) -> None:
    assert door.send({"message": "x"}).status == 202
    door.connection.execute("UPDATE api_keys SET is_active = false")
    assert door.send({"message": "x"}).status == 401


@pytest.mark.parametrize("status", ["draft", "completed", "archived"])
def test_a_scenario_that_is_not_running_takes_nothing(door: Door, status: str) -> None:
    door.connection.execute("UPDATE scenarios SET status = %s", [status])
    reply = door.send({"message": "x"})
    assert (reply.status, reply.json["error"]) == (400, "validation_error")
    assert status in reply.json["message"]


def test_an_unknown_foreign_or_missing_scenario_is_400(door: Door) -> None:
    foreign = factories.scenario(door.connection, status="running")["id"]
    for named in (str(new_id()), str(foreign), "not-a-uuid", ""):
        reply = door.send({"message": "x"}, x_scenario_id=named)
        assert (reply.status, reply.json["error"]) == (400, "validation_error")
    assert door.messages() == []


def test_the_scenario_may_come_in_the_query(door: Door) -> None:
    reply = door.gateway.request(
        "POST", "/ingest", body={"message": "x"}, key=door.key, query={"scenario_id": str(door.scenario_id)}
    )
    assert reply.status == 202


@pytest.mark.parametrize("way", ["firehose", "basic"])
def test_the_scenario_may_come_as_a_sender_can_say_it(door: Door, way: str) -> None:
    attributes = json.dumps({"commonAttributes": {"scenario_id": str(door.scenario_id)}})
    basic = base64.b64encode(f"{door.scenario_id}:{door.key}".encode()).decode()
    ways = {
        "firehose": {"x-amz-firehose-common-attributes": attributes, "x-amz-firehose-access-key": door.key},
        "basic": {"authorization": f"Basic {basic}"},
    }
    assert door.gateway.post("/ingest", {"message": "x"}, headers=ways[way]).status == 202


@pytest.mark.parametrize("shipper", SHIPPERS)
def test_what_shippers_send_arrives(door: Door, shipper: str) -> None:
    sent = sent_by(shipper)
    raw = base64.b64decode(sent["body_base64"]) if "body_base64" in sent else sent["body"].encode()
    headers = {"x-scenario-id": str(door.scenario_id), "x-api-key": door.key, **sent["headers"]}
    reply = door.gateway.post(f"/ingest{sent['path']}", raw, headers=headers)
    assert reply.status in (200, 202, 204)
    assert len(door.store()) == len(sent["expected"])


@pytest.mark.parametrize("path", ["/otlp/v1/logs", "/firehose", "/loki/api/v1/push", "/services/collector", "/_bulk"])
def test_every_dialect_tells_its_errors_in_its_own_form(door: Door, path: str) -> None:
    sent = {"x-scenario-id": str(door.scenario_id), "content-type": "application/json"}
    refused = door.gateway.post(f"/ingest{path}", b"{}", headers=sent)
    assert refused.status == 401
    assert 'error":"unauthorized' not in refused.text
    assert door.send(b"nonsense", f"/ingest{path}", content_type="application/json").status in (200, 400)
    # A 413 makes Firehose drop it.
    assert door.send(b"x" * (7 * 1024 * 1024), f"/ingest{path}").status == (400 if path == "/firehose" else 413)


def test_an_otlp_exporter_is_answered_in_protobuf(door: Door) -> None:
    sent = sent_by("opentelemetry-python")
    event = door.gateway.event(
        "POST",
        "/ingest/otlp/v1/logs",
        base64.b64decode(sent["body_base64"]),
        {},
        {"x-scenario-id": str(door.scenario_id), "x-api-key": door.key, **sent["headers"]},
    )
    answer = handler(event, Invocation())
    assert (answer["statusCode"], answer["isBase64Encoded"], answer["body"]) == (200, True, "")
    assert answer["headers"]["Content-Type"] == "application/x-protobuf"


def test_a_firehose_delivery_that_comes_again_is_the_same_logs(door: Door) -> None:
    sent = sent_by("firehose-cloudwatch-logs")
    for _ in range(2):
        assert door.send(sent["body"], "/ingest/firehose", **sent["headers"]).status == 200
    assert len(door.store()) == 2


def _delivery(*logs: str, made_at: int = 1) -> dict[str, Any]:
    """A Firehose request whose records are CloudWatch Logs' deliveries of 5,000 logs each."""
    sent = {"messageType": "DATA_MESSAGE", "owner": "1", "logGroup": "/g", "logStream": "s"}
    events = [{"id": str(i), "timestamp": 1732270272123, "message": log} for i, log in enumerate(logs)]
    parts = [{**sent, "logEvents": events[start : start + 5_000]} for start in range(0, len(events), 5_000)]
    records = [{"data": base64.b64encode(gzip.compress(json.dumps(part).encode(), mtime=0)).decode()} for part in parts]
    return {"requestId": "id-1", "timestamp": made_at, "records": records}


def test_a_firehose_delivery_is_known_by_its_records(door: Door) -> None:
    for made_at in (1, 2):
        again = door.send(_delivery("a", made_at=made_at), "/ingest/firehose", x_amz_firehose_request_id="id-1")
        assert again.status == 200, "its timestamp may be that of the try"
    assert door.send(_delivery("b"), "/ingest/firehose", x_amz_firehose_request_id="id-1").status == 409
    assert len(door.store()) == 1


def test_a_firehose_delivery_of_more_logs_than_a_batch_is_several(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    delivery = _delivery(*map(str, range(22_000)), "")
    for _ in range(2):
        assert door.send(delivery, "/ingest/firehose", x_amz_firehose_request_id="id-1").status == 200
    said = vars(caplog.records[-1])
    assert (said["accepted"], said["rejected"], len(said["batches"])) == (22_000, 1, 3)
    stored = [int(row[0]) for row in door.store()]
    assert sorted(stored) == list(range(22_000))
    rejected = door.connection.execute("SELECT position FROM ingest_rejects").fetchall()
    assert rejected == [(22_000,)]


def test_a_firehose_delivery_of_which_a_part_was_queued_is_the_same_logs_again(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = boto3.client("sqs")
    sent: list[str] = []

    class Ending:
        """A queue that goes away after the first message."""

        def send_message(self, **message: str) -> None:
            if sent:
                raise EndpointConnectionError(endpoint_url="https://sqs.eu-west-1.amazonaws.com")
            sent.append(message["MessageBody"])
            queue.send_message(QueueUrl=message["QueueUrl"], MessageBody=message["MessageBody"])

    delivery = _delivery(*map(str, range(22_000)))
    with monkeypatch.context() as patch:
        patch.setattr(log_queue, "sqs", Ending)
        assert door.send(delivery, "/ingest/firehose", x_amz_firehose_request_id="id-1").status == 503
    assert door.send(delivery, "/ingest/firehose", x_amz_firehose_request_id="id-1").status == 200
    assert len(door.store()) == 22_000


def test_a_firehose_delivery_without_an_id_is_one_batch(door: Door) -> None:
    assert door.send(_delivery(*map(str, range(10_001))), "/ingest/firehose").status == 400
    assert door.messages() == []


def test_what_elastic_s_clients_ask_first_needs_no_key(door: Door) -> None:
    info = door.gateway.get("/ingest")
    assert (info.status, info.headers["x-elastic-product"]) == (200, "Elasticsearch")
    assert door.gateway.get("/ingest/_license").json["license"]["status"] == "active"
    assert door.gateway.request("HEAD", "/ingest/_bulk").status == 200
    assert door.gateway.get("/ingest/nobody/knows").status == 404


def test_an_empty_body_is_400(door: Door) -> None:
    assert door.send("").status == 400
    assert door.send(" \n").json["accepted"] == 0


def test_over_the_limits_nothing_is_taken(door: Door) -> None:
    for body in (b"x" * (7 * 1024 * 1024), b"x" * (256 * 1024 + 1), b"x\n" * 10_001):
        reply = door.send(body, content_type="text/plain")
        assert (reply.status, reply.json["error"]) == (413, "payload_too_large")
    assert door.send(b"x" * (256 * 1024), content_type="text/plain").status == 202
    assert len(door.messages()) == 1


def test_gzip_is_unpacked_and_a_bomb_is_not(door: Door) -> None:
    packed = gzip.compress(b"one\n") + gzip.compress(b"two\n")
    assert door.send(packed, content_encoding="gzip", content_type="text/plain").json["accepted"] == 2
    assert door.send(zlib.compress(b"three"), content_encoding="deflate").status == 202
    bomb = gzip.compress(b"\n" * (MAX_UNPACKED_BYTES + 1))
    assert len(bomb) < MAX_REQUEST_BYTES
    assert door.send(bomb, content_encoding="gzip").status == 413
    assert door.send(packed[:-4], content_encoding="gzip").status == 400
    assert door.send(b"plain", content_encoding="gzip").status == 400
    assert door.send(b"plain", content_encoding="br").status == 400


def test_head_is_a_health_check(door: Door) -> None:
    assert door.gateway.request("HEAD", "/ingest").status == 200


def test_the_same_request_again_is_the_same_logs_once(door: Door) -> None:
    body = {"message": "paid"}
    first, again = (door.send(body, idempotency_key="order-1") for _ in range(2))
    assert first.json == again.json
    assert door.send({"message": "other"}, idempotency_key="order-1").status == 409
    assert door.send({"message": "other"}, idempotency_key="order-2").status == 202
    assert len(door.store()) == 2


def test_a_queue_that_is_away_is_503_and_the_retry_counts_once(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        """A queue that can't be reached."""

        def send_message(self, **_: str) -> None:
            raise EndpointConnectionError(endpoint_url="https://sqs.eu-west-1.amazonaws.com")

    with monkeypatch.context() as patch:
        patch.setattr(log_queue, "sqs", Away)
        reply = door.send({"message": "paid"}, idempotency_key="order-1")
    assert (reply.status, reply.json["error"], reply.headers["retry-after"]) == (503, "unavailable", "5")
    assert door.send({"message": "paid"}, idempotency_key="order-1").status == 202
    assert len(door.store()) == 1


def test_a_database_that_is_away_is_503(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    settings.cache_clear()
    assert door.send({"message": "x"}).status == 503


def test_what_is_too_large_for_a_message_waits_in_s3(door: Door) -> None:
    lines = "\n".join(secrets.token_hex(240) for _ in range(9_000))
    reply = door.send(lines, content_type="text/plain")
    assert reply.json["accepted"] == 9_000
    (kept,) = boto3.client("s3").list_objects_v2(Bucket="payloads")["Contents"]
    assert kept["Key"].startswith(str(door.scenario_id))
    assert len(door.store()) == 9_000


_RAW: list[tuple[str, Any]] = [
    ("/ingest", [{"message": f"mail {MAIL} now", "source": MAIL}, {"message": "", "note": MAIL}, [MAIL]]),
    (
        "/ingest/otlp/v1/logs",
        {
            "resourceLogs": [
                {"resource": MAIL},
                {
                    "scopeLogs": [
                        {"logRecords": [{field: MAIL} for field in ("timeUnixNano", "severityNumber", "body")]}
                    ]
                },
                {"scopeLogs": [{"logRecords": [{"body": {"intValue": MAIL}}, {"attributes": [{MAIL: 1}]}, MAIL]}]},
            ]
        },
    ),
    ("/ingest/loki/api/v1/push", {"streams": [{"stream": MAIL}, {"values": [[MAIL, "a"], MAIL, [MAIL]]}]}),
    ("/ingest/services/collector", {"time": MAIL, "x": MAIL}),
    (
        "/ingest/_bulk",
        '{"create":{}}\n"' + MAIL + '"\n{"' + MAIL + '":1}\n{"create":{"_id":"' + MAIL + '"}}\n{"message":""}',
    ),
    ("/ingest/firehose", {"requestId": MAIL, "records": [{"data": MAIL}, {MAIL: 1}, MAIL]}),
]


@pytest.mark.parametrize(("path", "body"), _RAW, ids=[path for path, _ in _RAW])
def test_raw_text_is_nowhere_at_rest(door: Door, capfd: pytest.CaptureFixture[str], path: str, body: Any) -> None:
    door.send(body, path, content_type="application/json")
    queued = door.messages()
    boto3.client("sqs").send_message(QueueUrl=door.queue_url, MessageBody=queued[0])
    outer = json.loads(queued[0])
    columns = zlib.decompress(base64.b64decode(outer["data"])[HASH_BYTES * outer["logs"] :])
    door.store()
    tables: tuple[LiteralString, ...] = ("scenario_logs", "ingest_rejects", "scenario_metrics")
    tables_text = str([door.connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables])  # noqa: S608
    out = capfd.readouterr()
    for place in (queued[0].encode(), columns, tables_text.encode(), out.out.encode(), out.err.encode()):
        assert MAIL.encode() not in place
    assert b"a***@***.com" in columns


def test_the_limit_is_a_thousand_a_minute(door: Door) -> None:
    owner = door.connection.execute("SELECT user_id FROM scenarios").fetchone()
    assert owner
    factories.rate_limit(door.connection, **{"class": "ingest"}, identity=str(owner[0]), used=1000)
    reply = door.send({"message": "x"})
    assert (reply.status, reply.json["error"]) == (429, "rate_limited")
    assert int(reply.headers["retry-after"]) > 0
    assert reply.headers["ratelimit-limit"] == "1000"


@pytest.mark.parametrize("path", ["/ingest/_bulk", "/ingest/otlp/v1/logs", "/ingest/services/collector/raw"])
def test_what_is_read_takes_nothing(door: Door, path: str) -> None:
    headers = {"x-scenario-id": str(door.scenario_id), "content-type": "text/plain"}
    answer = door.gateway.get(path, body='{"create": {}}\n{"message": "hello"}\n', key=door.key, headers=headers)
    assert answer.status == 404
    assert door.messages() == []


def test_elasticsearch_s_own_clients_put_what_they_send_in_bulk(door: Door) -> None:
    sent = {"x-scenario-id": str(door.scenario_id), "content-type": "application/x-ndjson"}
    body = '{"create": {}}\n{"message": "hello"}\n'
    for path in ("/ingest/_bulk", "/ingest/logs/_bulk"):
        assert door.gateway.request("PUT", path, body=body, key=door.key, headers=sent).json["items"]
    assert door.gateway.request("PUT", "/ingest/firehose", body=body, key=door.key, headers=sent).status == 404
    assert len(door.store()) == 2


def test_snappy_is_undone_and_what_is_personal_in_it_seen(door: Door) -> None:
    lines = f'{{"message": "by {MAIL}"}}\n'.encode() * 3
    for packed in (cramjam.snappy.compress_raw(lines), cramjam.snappy.compress(lines)):
        assert door.send(bytes(packed), content_encoding="snappy").json["accepted"] == 3
    assert {row[0] for row in door.store()} == {"by a***@***.com"}


def test_a_database_that_takes_no_writes_is_asked_again(door: Door) -> None:
    """As the old primary is after a failover: the sender comes again, and the door then finds the new one."""
    name = sql.Identifier(door.connection.info.dbname)
    door.connection.execute(sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(name))
    database().close()
    reply = door.send({"message": "x"})
    assert (reply.status, reply.json["error"]) == (503, "unavailable")
    door.connection.execute(sql.SQL("ALTER DATABASE {} RESET default_transaction_read_only").format(name))
    assert door.send({"message": "x"}).status == 202


def test_an_unknown_path_below_the_door_is_404(door: Door) -> None:
    assert door.send({"message": "x"}, "/ingest/nobody/knows").status == 404
