"""The request's session: reads begin plainly, a request that may write begins as one that writes."""

from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as ScopedSession
from sqlalchemy.orm import Session

from icv.store.engine import open_engine, writing_engine
from icv.store.everything import METADATA


class RequestSession(ScopedSession):
    def get_bind(self, *args: Any, **more: Any) -> Any:
        return self.info.get("writing_bind") or super().get_bind(*args, **more)


class Database(SQLAlchemy):
    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> sa.Engine:
        return open_engine(app.config["SQLALCHEMY_DATABASE_URI"])

    def may_write(self) -> None:
        """Every transaction of this request from now on may write."""
        self.session().info["writing_bind"] = writing_engine(self.engine)

    def apart(self) -> Session:
        """A session of its own that may write, for what must be kept whatever becomes of the request."""
        return Session(writing_engine(self.engine))


db = Database(metadata=METADATA, session_options={"class_": RequestSession})
