"""What the revisions share, frozen: later changes of the program's own types must not change history."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

TINY = sa.SmallInteger().with_variant(mysql.TINYINT(unsigned=True), "mysql", "mariadb")
SMALLINT = sa.Integer().with_variant(mysql.SMALLINT(unsigned=True), "mysql", "mariadb")
LIST = sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")
PACKED = sa.LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb")
UTF8: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mariadb_charset": "utf8mb4"}
CLUSTERED: dict[str, Any] = {**UTF8, "sqlite_with_rowid": False}
SECONDS = sa.Integer().with_variant(mysql.INTEGER(unsigned=True), "mysql", "mariadb")
DAY_SECONDS = sa.Integer().with_variant(mysql.MEDIUMINT(unsigned=True), "mysql", "mariadb")
