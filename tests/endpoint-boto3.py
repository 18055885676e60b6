"""Calls the endpoint given as an argument through boto3 and prints what came back as one JSON object."""

import datetime
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = sys.argv[1]
AT = datetime.datetime(2026, 1, 31, 12, 0, 0, 500000, tzinfo=datetime.timezone.utc)


def client(service):
    return boto3.client(
        service,
        endpoint_url=ENDPOINT,
        region_name="eu-west-1",
        aws_access_key_id="AKIATEST",
        aws_secret_access_key="secret",
        config=Config(retries={"total_max_attempts": 1}),
    )


def plain(value):
    """Makes any answer printable: bytes as hex, times in ISO form."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key != "ResponseMetadata"}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat()
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    return value.read().hex() if hasattr(value, "read") else value


def refused(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        response = error.response
        return {
            "type": type(error).__name__,
            "code": response["Error"]["Code"],
            "message": response["Error"]["Message"],
            "status": response["ResponseMetadata"]["HTTPStatusCode"],
            "reasons": plain(response.get("CancellationReasons")),
        }
    return None


states, sqs, sns = client("stepfunctions"), client("sqs"), client("sns")
dynamodb, lambda_, events = client("dynamodb"), client("lambda"), client("events")
cloudwatch, logs = client("cloudwatch"), client("logs")
secrets, ssm = client("secretsmanager"), client("ssm")
metric = {
    "MetricName": "ResponseTime",
    "Dimensions": [{"Name": "Environment", "Value": "local"}],
    # Releases of boto3 differ in whether they send milliseconds.
    "Timestamp": AT.replace(microsecond=0),
    "Value": 12.25,
}

answers = {
    "identity": client("sts").get_caller_identity(),
    "execution": states.describe_execution(executionArn="arn:aws:states:1"),
    "unserved": refused(states.list_activities),
    "sent": sqs.send_message(
        QueueUrl=f"{ENDPOINT}/123456789012/orders",
        MessageBody="grüße",
        MessageAttributes={"raw": {"DataType": "Binary", "BinaryValue": b"\x00\xff"}},
    ),
    "no queue": refused(sqs.get_queue_url, QueueName="none"),
    "published": sns.publish(
        TopicArn="arn:aws:sns:1",
        Message="a=b&c",
        MessageAttributes={"kind": {"DataType": "String", "StringValue": "x"}},
    ),
    "no topic": refused(sns.get_topic_attributes, TopicArn="arn:aws:sns:none"),
    "item": dynamodb.get_item(TableName="orders", Key={"id": {"B": b"\x01"}}),
    "cancelled": refused(dynamodb.transact_write_items, TransactItems=[
        {"Delete": {"TableName": "orders", "Key": {"id": {"S": "1"}}}},
    ]),
    "invoked": lambda_.invoke(FunctionName="arn:aws:lambda:eu-west-1:123456789012:function:f", Payload=b'{"n":1}'),
    "throttled": refused(lambda_.invoke, FunctionName="busy"),
    "put": events.put_events(Entries=[{"Source": "shop", "DetailType": "OrderPlaced", "Detail": "{}", "Time": AT}]),
    "metric": cloudwatch.put_metric_data(Namespace="MyApp/Performance", MetricData=[metric] * 500),
    "metrics": cloudwatch.get_metric_data(
        StartTime=AT,
        EndTime=AT,
        MetricDataQueries=[{"Id": "m1", "MetricStat": {"Metric": {"MetricName": "x"}, "Period": 60, "Stat": "p99"}}],
    ),
    "no metric": refused(cloudwatch.put_metric_data, Namespace="AWS/x", MetricData=[metric]),
    "logs": logs.filter_log_events(logGroupName="/aws/lambda/f", startTime=1),
    "secret": secrets.get_secret_value(SecretId="s"),
    "parameter": ssm.get_parameter(Name="/p", WithDecryption=True),
    "stacks": client("cloudformation").describe_stacks(),
}
print(json.dumps(plain(answers)))
