import inspect

from shared.mockupaws.db import Rows
from tests import factories


def test_every_table_has_a_builder_whose_row_is_valid(connection: Rows) -> None:
    builders = [
        function
        for name, function in inspect.getmembers(factories, inspect.isfunction)
        if function.__module__ == factories.__name__ and not name.startswith("_")
    ]
    for build in builders:
        build(connection)
    connection.execute("ANALYZE")
    empty = connection.execute("""
        SELECT relname FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
           AND relname <> 'alembic_version' AND reltuples <= 0
    """).fetchall()
    assert empty == []


def test_a_column_that_a_test_names_is_the_one_that_is_stored(connection: Rows) -> None:
    mine = factories.user(connection, role="readonly")
    assert mine["role"] == "readonly"
    assert factories.scenario(connection, user_id=mine["id"], pii={"ip_addresses": True})["user_id"] == mine["id"]


def test_a_report_belongs_to_the_owner_of_the_scenario_it_names(connection: Rows) -> None:
    scenario = factories.scenario(connection)
    assert factories.report(connection, scenario_id=scenario["id"])["user_id"] == scenario["user_id"]
