"""Runs a Python function as AWS's Python runtime does: it asks Lambda's Runtime API for one invocation after the other.

What it does is what aws-lambda-python-runtime-interface-client does; what a function sees of time is the rehearsal's.
"""

import datetime
import decimal
import http.client
import importlib
import json
import logging
import math
import os
import sys
import time
import traceback
import uuid

REAL_TIME = time.time
REAL_TIME_NS = time.time_ns
API = "/2018-06-01/runtime/"
OWN_FILE = os.path.abspath(__file__)
NO_BREAK_SPACE = "\u00a0"


class Fault(Exception):
    """A failure that has a name of the runtime's own."""

    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.trace = trace or []


class FrameStream:
    """A text stream whose lines are log events, in the order in which they were written."""

    def __init__(self, frames, original):
        self._frames = frames
        self._original = original
        self._rest = ""

    def __getattr__(self, name):
        return getattr(self._original, name)

    def write(self, text):
        lines = (self._rest + text).split("\n")
        self._rest = lines.pop()
        for line in lines:
            self._frames.log(line)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def finish(self):
        if self._rest:
            self._frames.log(self._rest)
        self._rest = ""


class Frames:
    """Hands log events to the platform, each with its length, so that one may have several lines."""

    def __init__(self, descriptor):
        self._file = os.fdopen(descriptor, "wb", 0)

    def log(self, message):
        text = message.encode("utf-8", "replace")
        stamp = REAL_TIME_NS() // 1000
        frame = b"\xa5\x5a\x00\x03" + len(text).to_bytes(4, "big") + stamp.to_bytes(8, "big") + text
        view = memoryview(frame)
        while view:
            view = view[self._file.write(view) :]


class FrameHandler(logging.Handler):
    def __init__(self, frames):
        super().__init__()
        self.log_sink = frames

    def emit(self, record):
        self.log_sink.log(self.format(record))


class RequestIdFilter(logging.Filter):
    request_id = ""

    def filter(self, record):
        record.aws_request_id = RequestIdFilter.request_id
        return True


def set_up_logging(frames):
    logging.Formatter.converter = time.gmtime
    handler = FrameHandler(frames)
    form = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
    handler.setFormatter(logging.Formatter(form, "%Y-%m-%dT%H:%M:%S"))
    handler.addFilter(RequestIdFilter())
    logging.getLogger().addHandler(handler)


class Clock:
    """Lets the functions of `time` and `datetime` show the rehearsal's time; what measures and waits stays real."""

    offset_ms = 0
    is_installed = False

    @classmethod
    def set_offset(cls, offset_ms):
        cls.offset_ms = offset_ms
        # Half a second is what real time and the rehearsal's differ by when neither was moved.
        if cls.is_installed or abs(offset_ms) < 500:
            return
        cls.is_installed = True
        cls._show_in_time()
        cls._show_in_datetime()

    @classmethod
    def now(cls):
        return REAL_TIME() + cls.offset_ms / 1000

    @classmethod
    def _show_in_time(cls):
        real = {name: getattr(time, name) for name in ("gmtime", "localtime", "ctime", "strftime")}
        time.time = cls.now
        time.time_ns = lambda: REAL_TIME_NS() + cls.offset_ms * 1_000_000
        time.gmtime = lambda seconds=None: real["gmtime"](cls.now() if seconds is None else seconds)
        time.localtime = lambda seconds=None: real["localtime"](cls.now() if seconds is None else seconds)
        time.ctime = lambda seconds=None: real["ctime"](cls.now() if seconds is None else seconds)
        time.strftime = lambda form, parts=None: real["strftime"](
            form, time.localtime() if parts is None else parts
        )
        # Whoever took it earlier, such as logging.Formatter, asks with an instant in hand.

    @classmethod
    def _show_in_datetime(cls):
        """The classes stay what they are, so that values of them are; only what asks for the time is replaced."""
        utc = datetime.timezone.utc

        def now(of, tz=None):
            return of.fromtimestamp(cls.now(), tz)

        def utcnow(of):
            return of.fromtimestamp(cls.now(), utc).replace(tzinfo=None)

        def today(of):
            return of.fromtimestamp(cls.now())

        replace_members(datetime.datetime, {"now": now, "utcnow": utcnow, "today": today})
        replace_members(datetime.date, {"today": today})


def replace_members(of, members):
    """Replaces class methods of a class that is written in C; does nothing where Python does not let it."""
    try:
        import ctypes
        import gc

        (namespace,) = (one for one in gc.get_referents(of.__dict__) if isinstance(one, dict))
        for name, function in members.items():
            namespace[name] = classmethod(function)
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(of))
    except (ImportError, ValueError, AttributeError, TypeError):
        logging.getLogger().warning("%s shows real time: this Python does not let it be replaced", of)


class Members:
    """An object of the context's, with the names that are known, and None for those that are not there."""

    def __init__(self, names, given):
        for name in names:
            setattr(self, name, (given or {}).get(name))

    def __repr__(self):
        return "{}([{}])".format(type(self).__name__, ",".join("%s=%s" % one for one in vars(self).items()))


class Client(Members):
    pass


class ClientContext(Members):
    def __init__(self, given):
        super().__init__(("custom", "env", "client"), given)
        if self.client is not None:
            names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")
            self.client = Client(names, self.client)


class CognitoIdentity(Members):
    pass


class LambdaContext:
    """The context object of a handler (Lambda Developer Guide, "Using the Lambda context object (Python)")."""

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.tenant_id = None
        given = parse_header(headers.get("Lambda-Runtime-Client-Context"), "Client Context")
        self.client_context = ClientContext(given) if given else None
        identity = parse_header(headers.get("Lambda-Runtime-Cognito-Identity"), "Cognito Identity") or {}
        named = {
            "cognito_identity_id": identity.get("cognitoIdentityId"),
            "cognito_identity_pool_id": identity.get("cognitoIdentityPoolId"),
        }
        self.identity = CognitoIdentity(tuple(named), named)
        self._epoch_deadline_time_in_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        # Time-outs are in real time, whatever the clock shows.
        return max(0, self._epoch_deadline_time_in_ms - int(REAL_TIME() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))

    def __repr__(self):
        shown = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        return "LambdaContext([{}])".format(",".join("%s=%s" % one for one in shown.items()))


def parse_header(text, name):
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError as error:
        message = "Unable to parse {} JSON: {}".format(name, error)
        raise Fault("Runtime.LambdaContextUnmarshalError", message) from error


def load_handler(handler):
    try:
        module_name, function_name = handler.rsplit(".", 1)
    except ValueError as error:
        message = "Bad handler '{}': {}".format(handler, error)
        raise Fault("Runtime.MalformedHandlerName", message) from error
    try:
        if module_name.split(".")[0] in sys.builtin_module_names:
            message = "Cannot use built-in module {} as a handler module".format(module_name)
            raise Fault("Runtime.BuiltInModuleConflict", message)
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = "Unable to import module '{}': {}".format(module_name, error)
        raise Fault("Runtime.ImportModuleError", message) from error
    except SyntaxError as error:
        trace = ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)]
        message = "Syntax error in module '{}': {}".format(module_name, error)
        raise Fault("Runtime.UserCodeSyntaxError", message, trace) from error
    try:
        return getattr(module, function_name)
    except AttributeError as error:
        message = "Handler '{}' missing on module '{}'".format(function_name, module_name)
        raise Fault("Runtime.HandlerNotFound", message) from error


def own_stack(trace):
    """The frames of a traceback from the first that is not of this file."""
    frames = traceback.extract_tb(trace)
    first = next((index for index, frame in enumerate(frames) if frame.filename != OWN_FILE), 0)
    return traceback.format_list(frames[first:])


def report_of(error, request_id=""):
    if isinstance(error, Fault):
        message, kind, trace = error.message, error.kind, error.trace
    else:
        message, kind, trace = str(error), type(error).__name__, own_stack(error.__traceback__)
    return {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": trace}


def log_error(report, frames):
    description = "[ERROR] " + ": ".join(filter(None, (report["errorType"], report["errorMessage"])))
    lines = [description, "Traceback (most recent call last):"]
    for element in report["stackTrace"]:
        for line in element.splitlines() or [""]:
            bare = line.lstrip(" ")
            lines.append(NO_BREAK_SPACE * (len(line) - len(bare)) + bare)
    frames.log("\n".join(lines))


class ResponseText:
    """Writes a response as simplejson does with AWS's settings: decimals as numbers, named tuples as objects."""

    def __init__(self):
        version = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python3.")[2]
        self.ensure_ascii = not (version.isdigit() and int(version) >= 12)

    def write(self, value):
        mark = "decimal:%s:" % uuid.uuid4().hex
        text = json.dumps(self._plain(value, mark), ensure_ascii=self.ensure_ascii, allow_nan=True)
        parts = text.split('"' + mark)
        # Each part after the first begins with a number and the end of its string.
        return parts[0] + "".join(part.replace('"', "", 1) for part in parts[1:])

    def _plain(self, value, mark):
        if isinstance(value, decimal.Decimal):
            return math.nan if value.is_nan() else mark + str(value)
        if isinstance(value, bytes):
            return value.decode("utf-8")
        if isinstance(value, dict):
            return {self._key(key): self._plain(one, mark) for key, one in value.items()}
        if isinstance(value, tuple) and hasattr(value, "_asdict"):
            return self._plain(value._asdict(), mark)
        if isinstance(value, (list, tuple)):
            return [self._plain(one, mark) for one in value]
        return value

    @staticmethod
    def _key(key):
        if isinstance(key, bytes):
            return key.decode("utf-8")
        return str(key) if isinstance(key, decimal.Decimal) else key


class RuntimeClient:
    def __init__(self, address):
        self._connection = http.client.HTTPConnection(address)

    def next(self):
        status, headers, body = self._call("GET", "invocation/next")
        if status != 200:
            raise ConnectionError("The Runtime API answered with %s" % status)
        return headers, body

    def respond(self, request_id, body, content_type):
        self._call("POST", "invocation/%s/response" % request_id, body, {"Content-Type": content_type})

    def fail(self, path, report):
        headers = {"Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": report["errorType"]}
        self._call("POST", path, json.dumps(report), headers)

    def _call(self, method, path, body=None, headers=None):
        data = body.encode("utf-8", "replace") if isinstance(body, str) else body
        self._connection.request(method, API + path, data, headers or {})
        response = self._connection.getresponse()
        return response.status, response.headers, response.read()


def handle(client, handler, respond, frames, streams):
    headers, body = client.next()
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    RequestIdFilter.request_id = request_id
    Clock.set_offset(int(headers.get("Signalbox-Clock-Offset-Ms", "0")))
    os.environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id", "")
    report = None
    try:
        context = LambdaContext(headers)
        event = parse_event(body)
        response = handler(event, context)
        content, content_type = marshal(response, respond)
    except Exception as error:  # whatever a handler raises is its result
        report = report_of(error, request_id)
    for stream in streams:
        stream.finish()
    if report is None:
        client.respond(request_id, content, content_type)
    else:
        log_error(report, frames)
        client.fail("invocation/%s/error" % request_id, report)


def parse_event(body):
    try:
        return json.loads(body)
    except ValueError as error:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: {}".format(error)) from error


def marshal(response, respond):
    if isinstance(response, bytes):
        return response, "application/unknown"
    try:
        return respond.write(response), "application/json"
    except Exception as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: {}".format(error)) from error


def main():
    frames = Frames(int(os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD")))
    client = RuntimeClient(os.environ["AWS_LAMBDA_RUNTIME_API"])
    streams = [FrameStream(frames, sys.stdout), FrameStream(frames, sys.stderr)]
    sys.stdout, sys.stderr = streams
    # The folder of this file is none of the function's.
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    set_up_logging(frames)
    Clock.set_offset(int(os.environ.pop("SIGNALBOX_CLOCK_OFFSET_MS", "0")))
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:  # whatever a module raises is the result of its loading
        for stream in streams:
            stream.finish()
        report = report_of(error)
        log_error(report, frames)
        client.fail("init/error", report)
        sys.exit(1)
    respond = ResponseText()
    while True:
        handle(client, handler, respond, frames, streams)


if __name__ == "__main__":
    main()
