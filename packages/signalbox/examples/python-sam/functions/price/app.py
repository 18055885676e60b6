"""Says what seats cost."""

import logging
from decimal import Decimal

PRICES = {"stalls": Decimal("42.50"), "balcony": Decimal("18.00")}

logger = logging.getLogger()
logger.setLevel(logging.INFO)


def lambda_handler(event, context):
    total = PRICES[event["area"]] * event["count"]
    logger.info("%s seats in the %s cost %s", event["count"], event["area"], total)
    return {"total": total}
