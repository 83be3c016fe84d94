"""What the server takes back and asks for once more is done at once; what it asks for ever is not."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Connection, Engine, text

from park_downtime.database.again import read_again, tried_again, write_again
from park_downtime.database.availability import TryAgain
from park_downtime.database.engine import make_engine, reading

COUNT = text("SELECT COUNT(*) FROM park_groups")


@pytest.fixture
def mariadb(mariadb_url: str) -> Iterator[Engine]:
    engine = make_engine(mariadb_url)
    yield engine
    engine.dispose()


def alter(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ALTER TABLE park_groups ADD COLUMN more INT NULL, ALGORITHM=COPY"))
        connection.execute(text("ALTER TABLE park_groups DROP COLUMN more, ALGORITHM=COPY"))


def test_a_table_altered_since_the_first_question_is_told_as_such(mariadb: Engine) -> None:
    with pytest.raises(TryAgain, match="Table definition has changed"), reading(mariadb) as connection:
        connection.execute(text("SELECT COUNT(*) FROM parks"))
        alter(mariadb)
        connection.execute(COUNT)


def test_a_question_across_an_alteration_is_asked_again(mariadb: Engine) -> None:
    asked = []

    def question(connection: Connection) -> int:
        asked.append(connection.scalar(text("SELECT COUNT(*) FROM parks")))
        if len(asked) == 1:
            alter(mariadb)
        return int(connection.execute(COUNT).scalar_one())

    assert read_again(mariadb, question) == 0
    assert len(asked) == 2


def test_two_that_lock_each_other_out_both_come_through(mariadb: Engine) -> None:
    write_again(
        mariadb, lambda c: c.execute(text("INSERT INTO park_groups VALUES (1, 'a'), (2, 'b')")).rowcount
    )
    both_hold_one = Barrier(2)
    tries: list[int] = []

    def rename(first: int, second: int) -> None:
        def change(connection: Connection) -> None:
            tries.append(first)
            add = text("UPDATE park_groups SET name = CONCAT(name, '!') WHERE group_id = :group")
            connection.execute(add, {"group": first})
            if tries.count(first) == 1:
                both_hold_one.wait(30)
            connection.execute(add, {"group": second})

        write_again(mariadb, change)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(rename, (1, 2), (2, 1)))
    with reading(mariadb) as connection:
        names = connection.scalars(text("SELECT name FROM park_groups ORDER BY group_id")).all()
    assert names == ["a!!", "b!!"]
    assert len(tries) == 3


def test_a_server_that_never_has_enough_is_given_up() -> None:
    asked = []

    def work() -> None:
        asked.append(1)
        raise TryAgain("please retry transaction")

    with pytest.raises(TryAgain):
        tried_again(work)
    assert len(asked) == 3
