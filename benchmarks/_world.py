"""The simulated parks and rides as the first payloads would have made them known."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from park_downtime.classification.classifier import Classifier
from park_downtime.collection.sync_rides import sync_rides
from park_downtime.database.engine import writing
from park_downtime.database.parks import ParkRow, all_parks, save_groups, save_parks
from park_downtime.feed.readings import read_payload
from park_downtime.simulator.payload import queue_times_json
from park_downtime.simulator.world import World


def register(engine: Engine, world: World, at: datetime) -> list[ParkRow]:
    classifier = Classifier.load()
    with writing(engine) as connection:
        save_groups(connection, {park.group_id: park.group_name for park in world.parks.values()})
        save_parks(
            connection,
            [
                ParkRow(
                    park_id=park.park_id,
                    group_id=park.group_id,
                    name=park.name,
                    country=park.country,
                    continent=park.continent,
                    city=f"City {park.park_id}",
                    state_province="Florida",
                    latitude=park.latitude,
                    longitude=park.longitude,
                    timezone=park.local_timezone,
                    operator="Disney" if park.park_id % 10 == 0 else None,
                    is_tracked=True,
                    first_seen_at=at,
                    removed_at=None,
                )
                for park in world.parks.values()
            ],
        )
        for park in all_parks(connection).values():
            payload = read_payload(park.park_id, queue_times_json(world, park.park_id, at), at)
            sync_rides(connection, park, payload, at, classifier)
        return list(all_parks(connection).values())
