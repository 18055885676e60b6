"""Reserves seats while there are some."""

import os

from seats import names_of


class HouseFull(Exception):
    """More seats are wanted than the house has."""


def lambda_handler(event, context):
    if event["count"] > int(os.environ["SEATS"]):
        raise HouseFull("%d seats are wanted" % event["count"])
    return {"seats": names_of(event["area"], event["count"])}
