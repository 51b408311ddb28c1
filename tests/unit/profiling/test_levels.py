import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.contracts.traffic import LEVELS, Level
from shared.mockupaws.profiling import detect_level, normalize_level
from shared.mockupaws.profiling.levels import level_of, of_otlp_severity


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("081109 203615 148 INFO dfs.DataNode$PacketResponder: done", "info"),
        ("2015-07-29 17:41:44,747 - WARN  [SendWorker:1:Q@762] - Interrupted ERROR", "warn"),
        ("[Sun Dec 04 04:47:44 2005] [error] mod_jk child workerEnv in error state 6", "error"),
        ("[Sun Dec 04 04:47:44 2005] [core:notice] [pid 1] AH00094", "info"),
        ("2024/11/22 10:00:00 [crit] 17#17: *1 SSL_do_handshake() failed", "fatal"),
        ("2024-11-22T10:00:00Z 0 [Warning] [MY-010068] [Server] CA certificate is self signed.", "warn"),
        ("<34>1 2003-10-11T22:14:15.003Z host su - ID47 - failed", "fatal"),
        ("<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - x", "info"),
        ("<0>kernel panic", "fatal"),
        ("E1122 10:00:00.123456 1 reflector.go:138] ERROR", "error"),
        ("I1122 10:00:00.123456 1 main.go:12] ok", "info"),
        ("11-22 10:00:00.123  1702  2395 D WindowManager: ERROR", "debug"),
        ('{"level":"warn","msg":"ERROR"}', "warn"),
        ('{"level":30,"time":1732270000000,"msg":"x"}', "info"),
        ('{"time":"2024","severity":"CRITICAL","message":"x"}', "fatal"),
        ('{"@timestamp":"x","log.level": "ERROR"}', "error"),
        ('{"@t":"x","@l":"Debug"}', "debug"),
        ('{"msg":"nothing"}', "unknown"),
        ('{"msg":"WARN: no field"}', "warn"),
        ("time=2024 level=debug msg=ERROR", "debug"),
        ('ts=1 lvl="eror" level="warning" x', "warn"),
        ("info: Microsoft.Hosting.Lifetime[0]", "info"),
        ("Nov 22 10:00:00 h sshd[1]: error: Received disconnect", "error"),
        ("2024-11-22 10:00:00 UTC [1] LOG:  checkpoint complete", "info"),
        ("2024-11-22 10:00:00 UTC [1] FATAL:  role does not exist", "fatal"),
        ("\x1b[90m10:00:00\x1b[0m \x1b[32mINFO\x1b[0;39m started", "info"),
        ("\x1b[33mwarn\x1b[39m: winston's", "warn"),
        ("[\x1b[38;5;196mERROR\x1b[0m] failed", "error"),
        ("time=2024 level=\x1b[31merror\x1b[0m msg=INFO", "error"),
        (r'{"level":"\u001b[31merror\u001b[39m","message":"INFO"}', "error"),
        ("#033[31mERROR#033[0m as rsyslog writes it", "error"),
        ("\x1b[32mE1122 10:00:00.123456 1 main.go:1] INFO\x1b[0m", "error"),
        # Monolog, .NET's JsonConsole, and fields that mean nothing before one that does.
        ('{"message":"x","context":{},"level":400,"level_name":"ERROR","channel":"app"}', "error"),
        ('{"level":"unknownlevel","severity":"ERROR"}', "error"),
        ('{"level":999,"level_name":"WARNING"}', "warn"),
        ('{"level":"loud","msg":"WARN: no field"}', "warn"),
        ('{"EventId":0,"LogLevel":"Error","Category":"Shop","Message":"INFO"}', "error"),
        ('{"logLevel":"Information","x":1}', "info"),
        # Serilog, zerolog and tint: abbreviations behind a time of day.
        ("[10:00:00 VRB] x", "trace"),
        ("[10:00:00 DBG] x", "debug"),
        ("[10:00:00 INF] started", "info"),
        ("[10:00:00 WRN] INFO", "warn"),
        ("[10:00:00 ERR] x", "error"),
        ("[10:00:00 FTL] x", "fatal"),
        ("2024-11-22 10:00:00.123 +01:00 [WRN] x", "warn"),
        ("2024-11-22 10:00:00.123 +01:00 WRN x", "warn"),
        ("10:11AM TRC x", "trace"),
        ("3:04PM INF no ERROR", "info"),
        ("3:04:05 PM WRN x", "warn"),
        ("10:11AM PNC x", "fatal"),
        ("\x1b[90m10:11AM\x1b[0m \x1b[32mINF\x1b[0m \x1b[1mstarted\x1b[0m", "info"),
        ("2024-11-22T10:11:12Z DBG x", "debug"),
        ("web-1  | Nov 22 10:11:12.000 WRN x", "warn"),
        ("[10:11:12] INF x", "info"),
        # logrus on a terminal: four letters and the seconds since it began, or the time.
        ("\x1b[31mERRO\x1b[0m[0001] failed", "error"),
        ("\x1b[36mINFO\x1b[0m[0000] ERROR", "info"),
        ("WARN[0012] x", "warn"),
        ("DEBU[0000] x", "debug"),
        ("TRAC[0000] x", "trace"),
        ("web-1  | FATA[2024-11-22T10:11:12Z] x", "fatal"),
        ("PANI[0000] x", "fatal"),
        # The same letters elsewhere are no level.
        ("the limit is INF", "unknown"),
        ("INF and NaN are no numbers", "unknown"),
        ("10:11:12 max INF", "unknown"),
        ("10:11:12 INF-1 x", "unknown"),
        ("10:11:12 INFORM x", "unknown"),
        ("METAR LFPG 101130Z VRB03KT", "unknown"),
        ("flew to FTL at 10:11 today", "unknown"),
        ("ratio 12:3 DBG", "unknown"),
        ("PANI[2] = x; FATA", "unknown"),
        ("SERRO[0001] x", "unknown"),
        ("2024-11-22 10:00:00.000 TRACE x", "trace"),
        ('10.0.0.1 - - [22/Nov/2024:06:25:24 +0000] "GET /ERROR/x HTTP/1.1" 500 12', "unknown"),
        ("no level, INFORMATION is none; ERROR_CODE=1", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_level_is_what_the_line_says(line: str, level: Level) -> None:
    assert detect_level(line) == level


def test_a_word_far_into_the_line_is_no_level() -> None:
    assert detect_level("x" * 600 + " ERROR") == "unknown"


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("INFO", "info"), (" Warning ", "warn"), ("ERR", "error"), ("crit", "fatal"), ("notice", "info"),
        ("verbose", "trace"), ("\x1b[31merror\x1b[39m", "error"),
        (100, "debug"), (200, "info"), ("250", "info"), (300, "warn"), (400, "error"), (500, "fatal"), (550, "fatal"),
        (600, "fatal"), (404, "unknown"), ("700", "unknown"), ("pnc", "fatal"), ("ERRO", "error"),
        ("E", "error"), ("w", "warn"), (30, "info"), (60, "fatal"), (10, "trace"), (20.0, "debug"), ("50", "error"),
        (0, "fatal"), (3, "error"), ("6", "info"), (7, "debug"), (None, "unknown"), (True, "unknown"), ("", "unknown"),
        ("loud", "unknown"), (99, "unknown"), (-1, "unknown"), (float("nan"), "unknown"),
        (float("inf"), "unknown"), ("²", "unknown"),
    ],
)  # fmt: skip
def test_names_and_numbers_of_levels(value: str | float | None, level: Level) -> None:
    assert normalize_level(value) == level


def test_opentelemetry_severities() -> None:
    assert [of_otlp_severity(number) for number in (0, 1, 5, 9, 12, 13, 17, 21, 24, 25)] == [
        "unknown", "trace", "debug", "info", "info", "warn", "error", "fatal", "fatal", "unknown",
    ]  # fmt: skip


_WORDS = st.sampled_from(
    [
        "INFO",
        "ERROR",
        "error: ",
        "[warn]",
        "level=debug",
        "FATAL.x",
        "a",
        " ",
        '"',
        "{",
        "<3>",
        "é",
        "\n",
        "TRACE",
        "[a:err]",
        "10:11:12",
        ".5",
        "AM",
        "Z",
        "]",
        "INF",
        "FTL",
        "ERRO",
        "[0001]",
    ]
)


@given(st.lists(_WORDS, max_size=8).map("".join))
def test_knowing_the_words_beforehand_changes_nothing(text: str) -> None:
    assert detect_level(text) == level_of(text, LEVELS)
