import re
import time
from collections.abc import Callable
from ipaddress import AddressValueError, IPv6Address
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, luhn
from stdnum.it import codicefiscale

from shared.mockupaws.contracts.traffic import ADDRESSES
from shared.mockupaws.profiling.pii.escapes import undone
from shared.mockupaws.profiling.pii.kind import Kind
from shared.mockupaws.profiling.pii.kinds import KINDS
from shared.mockupaws.profiling.pii.scan import detect_pii, find, mask_pii
from shared.mockupaws.profiling.signals import signals
from shared.mockupaws.profiling.unicode import utf8
from tests.unit.profiling import contexts, hostile, labelled, loghub, ordinary

MANY_LINES = 10_000
RECALL = dict.fromkeys(labelled.KINDS, 0.99) | {"phone": 0.9}


def found(text: str) -> list[tuple[str, str]]:
    return [(value.kind.name, text[value.start : value.end]) for value in find(text)]


@pytest.mark.parametrize("kind", labelled.KINDS)
def test_recall_on_labelled_lines(kind: str) -> None:
    cases = list(labelled.lines(kind, 2000))
    hits = sum((kind, value) in found(line) for line, value in cases)
    assert hits / len(cases) >= RECALL[kind]


@pytest.mark.parametrize("context", contexts.CONTEXTS)
def test_recall_whatever_stands_around_a_value(context: str) -> None:
    missed: dict[str, list[str]] = {}
    for kind in labelled.KINDS:
        if (context, kind) in contexts.UNKNOWN:
            continue
        values = [value for _, value in labelled.lines(kind, 200)]
        misses = [value for value in values if not _holds(contexts.line(context, kind, value), kind, value)]
        if 1 - len(misses) / len(values) < RECALL[kind]:
            missed[kind] = [contexts.line(context, kind, value) for value in misses[:3]]
    assert missed == {}


def _holds(line: str, kind: str, value: str) -> bool:
    # A word joined to an address may be a part of it, and forms write spaces as plus signs.
    return any(
        each.kind.name == kind and value.replace(" ", "+") in each.value.replace(" ", "+") for each in find(line)
    )


def test_ordinary_lines_are_not_flagged() -> None:
    lines = list(ordinary.lines(5000))
    flagged = [(line, found(line)) for line in lines if detect_pii(line)["has_pii"]]
    assert len(flagged) < len(lines) / 1000, flagged[:10]


def test_real_lines_are_not_flagged() -> None:
    lines = loghub.lines()
    assert len(lines) >= MANY_LINES, f"{loghub.FOLDER} is where Loghub's files belong"
    flagged = loghub.flagged(lines)
    assert len(flagged) < len(lines) / 1000, flagged[:10]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mail john.doe@example.com now", "mail j***@***.com now"),
        ("card 4242 4242 4242 4242", "card **** **** **** 4242"),
        ("card 4242424242424242", "card ************4242"),
        ("ssn 123-45-6789", "ssn ***-**-6789"),
        ("call +39 02 1234 5678", "call +** ** **** **78"),
        ("call (555) 234-5678", "call (***) ***-**78"),
        ("iban IT60 X054 2811 1010 0000 0123 456", "iban IT** **** **** **** **** ***3 456"),
        ("cf RSSMRA85T10A562S", "cf ****************"),
        ("id AKIAIOSFODNN7EXAMPLE", "id AKIA****************"),
        ("secret=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", f"secret={'*' * 40}"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln ok", "eyJ***.***.*** ok"),
    ],
)
def test_masks_keep_the_shape(text: str, masked: str) -> None:
    assert mask_pii(text) == masked


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("card-4111111111111111 declined", "4111111111111111"),
        ("PAN.4111111111111111", "4111111111111111"),
        ("paid 4111111111111111-123", "4111111111111111"),
        ("card 4111-1111-1111-1111-123", "4111-1111-1111-1111"),
        ("card 4111-1111-1111-1111-1225", "4111-1111-1111-1111"),
        ("GET /cards/4111 1111 1111 1111 200", "4111 1111 1111 1111"),
        ("SSN-123-45-6789", "123-45-6789"),
        ("ssn 123-45-6789-01", "123-45-6789"),
        ("tel-555-234-5678", "555-234-5678"),
        ("phone.5552345678", "5552345678"),
        ("Tel.+39 02 1234567", "+39 02 1234567"),
        ("exports/john.doe@example.com.json", "john.doe@example.com"),
        ("john.doe@example.com.log.gz", "john.doe@example.com"),
        ("login john.doe@corp.local ok", "john.doe@corp.local"),
        ("john.doe@example.com_avatar.png", "john.doe@example.com"),
        ("john.doe@example.com-2024-01-02", "john.doe@example.com"),
        ("john.doe@example.com.old_1", "john.doe@example.com"),
        ("john@163.com", "john@163.com"),
        ("id_4111111111111111", "4111111111111111"),
        ("receipts/4111111111111111_2024.pdf", "4111111111111111"),
        ("ssn_123-45-6789_ok", "123-45-6789"),
        ("tel_5552345678 user_+393331234567", "5552345678 +393331234567"),
        ("user_ssn=123456789 pan_4222222222222", "123456789 4222222222222"),
        ("cf_RSSMRA85T10A562S_1", "RSSMRA85T10A562S"),
        ("card 4111.1111.1111.1111.", "4111.1111.1111.1111"),
        ("card=4111+1111+1111+1111&cvv=", "4111+1111+1111+1111"),
        ("carte 4111\u00a01111\u00a01111\u00a01111\u202f!", "4111\u00a01111\u00a01111\u00a01111"),
        ("carte 4111\u20091111\u20091111\u20091111", "4111\u20091111\u20091111\u20091111"),
        ("tél. +33\u00a06\u202f12\u202f34\u202f56\u202f78", "+33\u00a06\u202f12\u202f34\u202f56\u202f78"),
        ("ssn 123\u201145\u20116789", "123\u201145\u20116789"),
        ("iban it60x0542811101000000123456", "it60x0542811101000000123456"),
        ("iban IT60-X054-2811-1010-0000-0123-456.", "IT60-X054-2811-1010-0000-0123-456"),
        ("iban_de89 3704 0044 0532 0130 00 paid today", "de89 3704 0044 0532 0130 00"),
        ("iban=DE89+3704+0044+0532+0130+00&x=1", "DE89+3704+0044+0532+0130+00"),
        ("客户DE89370400440532013000已更新", "DE89370400440532013000"),
        ("an jane@bücher.de, jane@xn--bcher-kva.de", "jane@bücher.de jane@xn--bcher-kva.de"),
        ("Адрес: jane@пример.com.", "jane@пример.com"),
        ("to <jane@xn--e1afmkfd.xn--p1ai>", "jane@xn--e1afmkfd.xn--p1ai"),
        ("发给 jane@example.com已更新", "jane@example.com"),
        ("%B4111111111111111^DOE/JOHN^2512101000000000?", "4111111111111111"),
        ("track1=B3782 822463 10005^DOE/JANE^25121010?", "3782 822463 10005"),
        ("track=%25B4111111111111111%5EDOE%2FJOHN%5E2512101", "4111111111111111"),
        (";4111111111111111=25121011234567890?", "4111111111111111"),
        ("track2=4111111111111111D25121011234567890F", "4111111111111111"),
        ("sess-eyJhbGciOiJI.eyJzdWIi.c2ln ok", "eyJhbGciOiJI.eyJzdWIi.c2ln"),
        ("__session_eyJhbGciOiJI.eyJzdWIi.c2ln", "eyJhbGciOiJI.eyJzdWIi.c2ln"),
        ("v1.local.eyJhbGciOiJI.eyJzdWIi.c2ln", "eyJhbGciOiJI.eyJzdWIi.c2ln"),
        ("token eyJhbGciOiJI.eyJzdWIiOiIx", "eyJhbGciOiJI.eyJzdWIiOiIx"),
        ("-_eyJhbGciOiJI.eyJzdWIiOiIx…", "eyJhbGciOiJI.eyJzdWIiOiIx"),
    ],
)
def test_a_value_that_is_joined_to_what_stands_beside_it(text: str, value: str) -> None:
    assert " ".join(text[found.start : found.end] for found in find(text)) == value


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (r'{"raw":"a\n4111111111111111\nb"}', r'{"raw":"a\n************1111\nb"}'),
        (r'{"raw":"a\t123-45-6789\r\n+393331234567"}', r'{"raw":"a\t***-**-6789\r\n+**********67"}'),
        (r'{"raw":"a\nAKIAIOSFODNN7EXAMPLE\n"}', r'{"raw":"a\nAKIA****************\n"}'),
        (r'{"raw":"a\njane@example.com\n"}', r'{"raw":"a\nj***@***.com\n"}'),
        (r'{"raw":"a\nIT60X0542811101000000123456"}', r'{"raw":"a\nIT*********************3456"}'),
        (r'{"raw":"{\"a\":\"\\n4111111111111111\\n\"}"}', r'{"raw":"{\"a\":\"\\n************1111\\n\"}"}'),
        (r'{"to":"\u003cjane\u0040example.com\u003e"}', r'{"to":"\u003cj***@***.com\u003e"}'),
        (r'{"to":"\ud83d\ude004111111111111111"}', r'{"to":"\ud83d\ude00************1111"}'),
        (r"{\x22card\x22:\x224111111111111111\x22}", r"{\x22card\x22:\x22************1111\x22}"),
        (r"secret: wJalrXUtnFEMI\/K7MDENG\/bPxRfiCYEXAMPLEKEY", f"secret: {'*' * 40}"),
        (r"{\"jwt\":\"a\teyJhbGciOiJI.eyJzdWIi.c2ln\"}", r"{\"jwt\":\"a\teyJ***.***.***\"}"),
        (r'{"raw":"4111\u00a01111\u00a01111\u00a01111"}', '{"raw":"**** **** **** 1111"}'),
        (
            "order#0114111111111111111#011123-45-6789#011IT60X0542811101000000123456",
            "order#011************1111#011***-**-6789#011IT*********************3456",
        ),
        ("a#012jane@example.com#015#012+393331234567", "a#012j***@***.com#015#012+**********67"),
        ("8=FIX.4.4#0014111111111111111#00135=8", "8=FIX.4.4#001************1111#00135=8"),
        ("a^I4111111111111111^I+393331234567$", "a^I************1111^I+**********67$"),
        ("^I123-45-6789^I(555) 234-5678^IRSSMRA85T10A562S", "^I***-**-6789^I(***) ***-**78^I****************"),
        ("^IIT60X0542811101000000123456^IAKIAIOSFODNN7EXAMPLE", "^IIT*********************3456^IAKIA****************"),
        ("GET /x?email=jane.doe%40example.com&a=1", "GET /x?email=j***@***.com&a=1"),
        ("GET /x?tel=%2B393331234567", "GET /x?tel=+**********67"),
        ("GET /x?n=card%3D4111111111111111%20", "GET /x?n=card%3D************1111%20"),
        ("GET /x?auth=Bearer%20eyJhbGciOiJI.eyJzdWIi.c2ln", "GET /x?auth=Bearer%20eyJ***.***.***"),
        ("GET /x?k=AccessKeyId%3DAKIAIOSFODNN7EXAMPLE", "GET /x?k=AccessKeyId%3DAKIA****************"),
        ("GET /x?next=%2Fx%3Fto%3Djane%2540example.com", "GET /x?next=%2Fx%3Fto%3Dj***@***.com"),
    ],
)
def test_a_value_behind_an_escape(text: str, masked: str) -> None:
    assert mask_pii(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (r"C:\Users\rssmra85t10a562s\notes", r"C:\Users\****************\notes"),
        (r"CORP\x12@example.com CORP\n@example.com", r"CORP\x***@***.com CORP\n***@***.com"),
        (r"C:\new\4111111111111111.txt", r"C:\new\************1111.txt"),
        (r"C:\temp\report-12\build 2024", r"C:\temp\report-12\build 2024"),
        ("SSN #012-34-5678 tel #001-555-234-5678", "SSN #***-**-5678 tel #***-***-***-**78"),
        (
            "^IT60X0542811101000000123456$ ^IE64IRCE92050112345678$",
            "^IT*********************3456$ ^IE****************5678$",
        ),
        ("#0123 fixes #011, #0000ff", "#0123 fixes #011, #0000ff"),
        ("LIKE '%4111111111111111%'", "LIKE '%************1111%'"),
        ("LIKE '%4012888888881881%'", "LIKE '%************1881%'"),
        ("LIKE '%202-555-0143%'", "LIKE '%***-***-**43%'"),
        ("LIKE '%jane@example.com%'", "LIKE '%***@***.com%'"),
    ],
)
def test_what_only_looks_like_an_escape(text: str, masked: str) -> None:
    assert mask_pii(text) == masked


def test_addresses_are_counted_and_masked_only_on_request() -> None:
    text = "from 192.168.1.10:443 to fe80::1ff:fe23:4567:890a and localhost/127.0.0.1"
    assert detect_pii(text) == {"has_pii": False, "pii_types": ["ipv4", "ipv6"], "total_matches": 3}
    assert mask_pii(text) == text
    assert mask_pii(text, mask_ip=True) == "from ***.***.*.**:443 to ****::***:****:****:**** and localhost/***.*.*.*"


@pytest.mark.parametrize("address", ["fe80::1", "2001:db8::1", "::1", "::ffff:1", "2001:db8:0:1:2:3:4:5", "fe80::"])
def test_forms_of_ipv6(address: str) -> None:
    assert found(f"from {address} port 22, [{address}]:443") == [("ipv6", address)] * 2


@given(st.lists(st.sampled_from(["", "0", "1", "f0", "0db8", "fe80", "12345", ":"]), min_size=2, max_size=10))
def test_an_address_is_one_by_the_standard_library_s_word(groups: list[str]) -> None:
    # Beginning with a digit and not shortened to it, it can't be a program's name.
    text = "2001:" + ":".join(groups)
    try:
        IPv6Address(text)
    except AddressValueError:
        assert ("ipv6", text) not in found(text)
    else:
        assert found(text) == [("ipv6", text)]


@pytest.mark.parametrize(
    "text",
    [
        "released 1.2.3.4.5 and v1.2.3.4 and lib-1.2.3.4",
        "agent Chrome/120.0.0.0 Safari/537.36",
        "octets 256.1.1.1 and 1.2.3.999",
        "at 12:34:56 from 00:1b:44:11:3a:b7",
        "std::vector a::b dead::beef b2::d4",
    ],
)
def test_what_only_looks_like_an_address(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "blk_-1608999687919862906 terminating",
        "block blk_4242424242424242 received",
        "epoch 1732315497123 and 1732315497 and 1732315497123456789",
        "request 550e8400-e29b-41d4-a716-446655440000",
        "sha1 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 key",
        "getty@tty1.service started user@1000.service",
        "icon@2x.png org.Foo@1a2b3c4d git@github.com:a/b.git",
        "foo@1.2.3.tgz lodash@4.17.21.tgz react@18.2.0-rc.1.tgz types@1.0.json.gz x@1.2.beta",
        "rabbit@mq.internal celery@worker-1.local mysql@ip-10-0-0-1.ec2.internal getty@tty1.service.log root@node.lan",
        "sparkExecutor@mesos-slave.rack-07:55904 task@app.jobs_runner",
        "x-4242424242424241 -4111111111111111 4.4111111111111111 4111111111111111.25 4111111111111111-4111111111112222",
        "4111-1111-1111-1111-1111 serial A-123-45-6789 part x-555-234-5678 build 555-234-5678-9",
        "550e8400-e29b-41d4-a71b-446655440000",
        "split file:/a/b.log:21876+7292 offset +134217728",
        "2024-10-18 18:01:47,978 +0200 GMT+02:00",
        "order 5552345678 of 2345678901",
        "123-45-67890 1123-45-6789 000-12-3456 666-12-3456 912-34-5678 123-00-4567 123-45-0000",
        "4242 4242 4242 4241",
        "0000 0000 0000 0000 and 4444444444444444 and 1111-1111-1111-1111",
        "IT60X0542811101000000123457 and XX60X0542811101000000123456",
        "RSSMRA85T10A562A",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "status 200 345 1234",
        "B4111111111111111 xB4111111111111111^ 4111111111111111DE 4111111111111111D2599101",
        "eyJhbGciOiJI eyJhbGciOiJI.e30 eyJh.eyJzdWIiOiIx keyJhbGciOiJI.eyJzdWIi.c2ln",
        "https://sqs.eu-west-1.amazonaws.com/123456789012/OrderProcessingQueueDev",
        "aws queue sqs.eu-west-1.amazonaws.com/123456789012/OrderProcessingQueueDev",
        "AWS_QUEUE https://sqs.eu-west-1.amazonaws.com:443/123456789012/OrderProcessingQueueDev",
        "aws localstack:4566/123456789012/OrderProcessingQueue12 ready",
        "secret from https://s3.amazonaws.com/MyBucket1/Path/To/AnObjectInABucketX",
        "key in s3.amazonaws.com/MyBucketName1/Path/To/AnObjectInABuc",
        "aws logs tail /aws/lambda/OrderProcessingFunctionProd1",
        "AWS role arn:aws:iam::123456789012:role/OrderProcessing/ServiceRoleQueue123 assumed",
        "credentials of /home/Jenkins2/Workspace/DeployPipelines are old",
        "host=mail.amazonaws.com id wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPL1KEY",
    ],
)
def test_what_only_looks_like_personal_data(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-26 16:05:12.345678901 +0000 UTC m=+12.345678901",
        "called 2026-11-26 16:05:12.3 +0100 CET m=+39.345678901",
        "offset +12.345678 sec",
        "stepped by +12.345678 seconds",
        "freq +123456.78",
        "clock offset=+39.1234567 drift +45.123456789",
        "took +39.1234567s, +45.12345678 ms later",
        "delta=+1234567890 bytes",
        "delta=+4534567890, grew by +393331234567 bytes, +393331234567ns",
        "block +1073741824 and +1234567890 and +10000000000",
        "UTC +2 2024-01-01 10:00:00",
        "GMT +11 01.02.2024 10:00:00, +1030 2024/01/02, +2 20240102100000",
        "2026-11-26 16:05:12 +1100 1020304050 GET /",
        "columns +45.12 67.34 12.50 and +4534 -5678 90 at +40.6894-074.0447/",
        "+2812345678 +21012345678",
    ],
)
def test_what_only_has_a_phone_s_sign(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("to=+15551234567", "+15551234567"),
        ("From=%2B14155552671&x=1", "%2B14155552671"),
        ("user +4512345678 and", "+4512345678"),
        ("+35312345678", "+35312345678"),
        ("domain contact +39.0612345678", "+39.0612345678"),
        ("<contact:voice x='1234'>+1.7035555555</contact:voice>", "+1.7035555555"),
        ("holder +49.30123456", "+49.30123456"),
        ("+33.6.12.34.56.78", "+33.6.12.34.56.78"),
        ("+1 (555) 123-4567", "+1 (555) 123-4567"),
        ("+1 555 234 5678 200 512", "+1 555 234 5678"),
        ("+1-555-234-5678x123", "+1-555-234-5678x123"),
        ("+7 (495) 123-45-67", "+7 (495) 123-45-67"),
        ("phone +1 555 1234", "+1 555 1234"),
        ("tel +12.345678", "+12.345678"),
        ("10:00:00 UTC +393331234567 verified", "+393331234567"),
        ("+39 06 2024 0102", "+39 06 2024 0102"),
        ("客户+8613912345678已更新", "+8613912345678"),
        ("phone offset +393331234567", "+393331234567"),
    ],
)
def test_a_phone_s_international_forms(text: str, value: str) -> None:
    assert found(text) == [("phone", value)]


@pytest.mark.parametrize(
    "before",
    [
        "msisdn=", '{"msisdn":"', '{"wa_id":"', "whatsapp ", "WhatsApp: ", "https://wa.me/", "phoneNumber=", "tel. ",
        "phone_number: ", "user_phone=", "telefono ", "Cellulare: ", "mobile number is ", "SMS to ", "sms from ",
        "SMS sent to ", '{\\"mobile\\": \\"', "?mobile=", "fax:",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", ["393331234567", "447911123456", "12025550143", "8613912345678", "201001234567"])
def test_an_international_phone_without_its_sign(before: str, value: str) -> None:
    assert found(f"{before}{value}") == [("phone", value)]


@pytest.mark.parametrize(
    "text",
    [
        "sms sent at 1732270272123",
        "sms 1732270272123 and phone=1732270272123",
        "sms 20241126160512 mobile: 202411261605",
        "phone order 393331234567",
        "sms id=393331234567",
        '{"phone_number_id":"106540352242922","display_phone_number":"x"}',
        "phone 999912345678",
        "phone 280012345678",
        "order=393331234567",
        "telemetry 393331234567 hotel 393331234567",
    ],
)
def test_what_only_stands_beside_a_phone_s_word(text: str) -> None:
    assert found(text) == []


def test_a_number_without_shape_needs_a_word() -> None:
    assert found("phone 5552345678") == [("phone", "5552345678")]
    assert found("Visa 4222222222222 expired") == [("credit_card", "4222222222222")]
    assert found("ean 4222222222222") == []
    assert found("SSN 123456789") == [("ssn", "123456789")]
    assert found("id 123456789") == []


@pytest.mark.parametrize(
    "text",
    [
        "secret.{}",
        "https://x.example.com/?secret={}&a=1",
        "sqs://AKIAIOSFODNN7EXAMPLE:{}@",
        "aws.id https://x.example.com/keys, {}",
        "arn:aws:iam::123456789012:user/ann {}",
        '{{"url":"https://x.example.com/","secret":"{}"}}',
    ],
)
def test_a_secret_key_beside_an_address(text: str) -> None:
    key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPL1KEY"
    assert ("aws_secret_key", key) in found(text.format(key))


def test_a_value_behind_a_false_start_is_found() -> None:
    assert found("2346 4242 4242 4242 4242") == [("credit_card", "4242 4242 4242 4242")]
    assert found("a@b.service@example.com") == [("email", "b.service@example.com")]
    assert found("DE89 3704 0044 0532 0130 00 PAID TODAY") == [("iban", "DE89 3704 0044 0532 0130 00")]


def test_no_character_belongs_to_two_kinds() -> None:
    values = find("AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY +4242424242424242 123-45-6789")
    assert [value.kind.name for value in values] == ["aws_access_key", "aws_secret_key", "credit_card", "ssn"]
    assert all(left.end <= right.start for left, right in pairwise(values))


def test_detect_pii_reports_kinds_and_count() -> None:
    assert detect_pii("a@b.com, c@d.org, 123-45-6789") == {
        "has_pii": True,
        "pii_types": ["email", "ssn"],
        "total_matches": 3,
    }
    assert detect_pii("nothing here") == {"has_pii": False, "pii_types": [], "total_matches": 0}


def test_check_digits_agree_with_stdnum() -> None:
    for kind, check in (("credit_card", luhn.is_valid), ("codice_fiscale", codicefiscale.is_valid)):
        for _, value in labelled.lines(kind, 300):
            wrong = re.sub(r"[0-9](?=\D*$)", lambda match: str((int(match.group()) + 1) % 10), value)
            assert [name for name, _ in found(value)] == [kind]
            assert check(re.sub("[ -]", "", value)) or kind == "codice_fiscale"
            assert kind not in [name for name, _ in found(wrong)]
    for _, value in labelled.lines("iban", 300):
        assert iban.is_valid(value, check_country=False)


# Text of the characters and fragments that values are made of: what random text seldom hits.
_FRAGMENTS = st.sampled_from([value for kind in labelled.KINDS for _, value in labelled.lines(kind, 12)])
_ESCAPES = st.sampled_from([r"\n", r"\\t", r"\u0040", r"\x2e", r"\ud83d", r"\/", "\\", "%40", "%252E", "%3D", "%"])
_MIXED = st.lists(
    st.one_of(_FRAGMENTS, _ESCAPES, st.text(" -.+()@:/*x0123456789aZ\né\ud83d\\", max_size=12), st.text(max_size=6)),
    max_size=8,
).map("".join)


@given(_MIXED, st.booleans())
def test_masked_text_holds_nothing_and_stays_as_it_is(text: str, mask_ip: bool) -> None:
    masked = mask_pii(text, mask_ip=mask_ip)
    assert [name for name, _ in found(masked) if mask_ip or name not in ADDRESSES] == []
    assert mask_pii(masked, mask_ip=mask_ip) == masked


@given(_MIXED)
def test_a_value_is_where_it_is_said_to_be(text: str) -> None:
    for value in find(text):
        assert undone(text[value.start : value.end]) == value.value


@given(_MIXED)
def test_a_trigger_holds_wherever_its_pattern_does(text: str) -> None:
    text = undone(text)
    possible = signals(utf8(text)[1]).kinds

    def locates(kind: Kind) -> bool:
        return any(kind.locate(match) for match in kind.pattern.finditer(text))

    assert {kind.name for kind in KINDS if locates(kind)} <= {kind.name for kind in possible}


LONG = 262_144
ROUNDS = 16


@pytest.mark.parametrize("name", hostile.NAMES)
def test_time_is_linear_in_length(name: str) -> None:
    _mask_seconds(hostile.line(name, 4096))  # caches of compiled patterns
    texts = hostile.line(name, 32_768), hostile.line(name, LONG)
    short = long = float("inf")
    for _ in range(ROUNDS):
        # The least: what else the machine does only adds.
        short, long = min(short, _mask_seconds(texts[0])), min(long, _mask_seconds(texts[1]))
        # Eight times the length: quadratic would be 64 times. A floor, because microseconds are noise.
        if long < 20 * max(short, 0.003):
            return
    pytest.fail(f"{short * 1000:.1f} ms for the short one, {long * 1000:.1f} ms for one of eight times its length")


# The worst lines take 8 to 12 times what replacing each word of as long a text does. That one of the slower patterns
# becomes ten times as slow shows; that the machine is busy, which slows both, doesn't.
_WORDS, _WORD = "abc " * (LONG // 4), re.compile("[a-z]+")
MANY_TIMES = 30


@pytest.mark.parametrize("name", hostile.NAMES)
def test_the_longest_line_takes_a_bounded_time(name: str) -> None:
    text = hostile.line(name, LONG - 3) + "%20"  # one escape: all of it is read with escapes undone
    plain = masking = float("inf")
    for _ in range(ROUNDS):
        plain, masking = min(plain, _replace_seconds()), min(masking, _mask_seconds(text))
        if masking < MANY_TIMES * plain:
            return
    pytest.fail(f"{masking * 1000:.0f} ms, {masking / plain:.0f} times what replacing words takes")


def _mask_seconds(text: str) -> float:
    return _seconds(lambda: mask_pii(text, mask_ip=True))


def _replace_seconds() -> float:
    return _seconds(lambda: _WORD.sub(lambda match: "*" * len(match[0]), _WORDS))


def _seconds(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return time.thread_time() - start
