#!/usr/bin/env python3
"""A slash command for Slack: /robot GOAL asks the robot to look at something, /robot stop stops it.

Python 3.9 or later and nothing else. Settings come from the environment, secrets from files; see README.md.
"""

import hashlib
import hmac
import json
import os
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

LONGEST_BODY = 16 * 1024
OLDEST_REQUEST_S = 300
LONGEST_TASK_S = 600
LONGEST_TEXT = 2800


class Settings:
    """What the operator decided."""

    def __init__(self, environment):
        self.port = int(environment.get("SLACK_ROBOT_PORT", "8090"))
        self.gatehouse = environment.get("GATEHOUSE_URL", "http://127.0.0.1:8080").rstrip("/")
        self.signing_secret = secret(environment["SLACK_SIGNING_SECRET_FILE"])
        self.token = secret(environment["GATEHOUSE_TOKEN_FILE"])
        key_file = environment.get("ANTHROPIC_API_KEY_FILE")
        self.model_key = secret(key_file) if key_file else None
        # Ids of people (U...), because everybody in a workspace can type a slash command.
        self.users = set(environment["SLACK_USERS"].replace(",", " ").split())
        # Only Slack gets answers; a request cannot send them elsewhere.
        self.answers_to = environment.get("SLACK_RESPONSE_PREFIX", "https://hooks.slack.com/")


def secret(path):
    if os.stat(path).st_mode & 0o077:
        raise SystemExit(f"{path}: others can read it; run: chmod 600 {path}")
    with open(path, encoding="ascii") as file:
        return file.read().strip()


class Requests:
    """Tells requests of Slack from everybody else's, and each from its repetition."""

    def __init__(self, signing_secret):
        self._secret = signing_secret.encode()
        self._seen = {}
        self._lock = threading.Lock()

    def genuine(self, timestamp, signature, body, now):
        if not timestamp.isascii() or not timestamp.isdigit() or abs(now - int(timestamp)) > OLDEST_REQUEST_S:
            return False
        message = b"v0:" + timestamp.encode() + b":" + body
        expected = "v0=" + hmac.new(self._secret, message, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected.encode(), signature.encode())

    def first(self, signature, now):
        """Whether this very request was not seen before; an old one is turned down by its time."""
        with self._lock:
            self._seen = {known: at for known, at in self._seen.items() if now - at <= 2 * OLDEST_REQUEST_S}
            if signature in self._seen:
                return False
            self._seen[signature] = now
            return True


class Robot:
    """The way to Gatehouse."""

    def __init__(self, settings):
        self._settings = settings

    def stop(self):
        answer = self._post("/v1/estop", None, {}, 2)
        confirmed = answer.get("stop", {}).get("acked")
        return "The robot is stopped." if confirmed else "The stop is set. THE ROBOT HAS NOT CONFIRMED IT: go and look."

    def look(self, goal, key):
        order = {"goal": goal, "effect": "observe", "max_budget_usd": 0.25, "deadline_s": LONGEST_TASK_S - 30}
        headers = {
            "Accept": "application/json",
            "Prefer": f"wait={LONGEST_TASK_S}",
            "Idempotency-Key": f'"{key}"',
        }
        if self._settings.model_key:
            headers["X-Anthropic-Api-Key"] = self._settings.model_key
        task = self._post("/dispatch", order, headers, LONGEST_TASK_S + 10)
        if not task.get("result"):
            return f"Still at it: {task.get('id')}"
        return task["result"].get("summary") or f"It ended {task.get('state')}."

    def _post(self, path, body, headers, timeout):
        request = urllib.request.Request(self._settings.gatehouse + path, method="POST", headers=headers)
        request.add_header("Authorization", "Bearer " + self._settings.token)
        request.data = b"" if body is None else json.dumps(body).encode()
        if body is not None:
            request.add_header("Content-Type", "application/json")
        try:
            # No proxy: the token is shown to Gatehouse and to nobody on the way.
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(request, timeout=timeout) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            raise Refused(problem(refusal)) from None


class Refused(Exception):
    """The server said no, in words for people."""


def problem(refusal):
    try:
        return json.load(refusal)["detail"]
    except (ValueError, KeyError, TypeError):
        return f"Gatehouse answered {refusal.code}"


def plain(text):
    """Text as text: nothing in it calls a channel, and it fits into one message."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped if len(escaped) <= LONGEST_TEXT else escaped[:LONGEST_TEXT] + "..."


class Receiver(BaseHTTPRequestHandler):
    """One request of Slack: checked, answered within three seconds, and worked on afterwards."""

    timeout = 10
    settings = requests = robot = None

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > LONGEST_BODY:
            return self._answer(413, "too large")
        body = self.rfile.read(int(length))
        signature = self.headers.get("X-Slack-Signature", "")
        now = time.time()
        if not self.requests.genuine(self.headers.get("X-Slack-Request-Timestamp", ""), signature, body, now):
            return self._answer(401, "not from Slack")
        if not self.requests.first(signature, now):
            return self._answer(409, "seen already")
        form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        if form.get("user_id") not in self.settings.users:
            return self._say("You are not on the list of those who may use the robot.")
        return self._do(form.get("text", "").strip(), form.get("response_url", ""), signature)

    def _do(self, text, response_url, signature):
        if text.lower() == "stop":
            try:
                return self._say(self.robot.stop())
            except (Refused, OSError, ValueError) as failure:
                return self._say(f"THE ROBOT IS NOT STOPPED: {failure}. Use its own switch.")
        if not text:
            return self._say("Say what to look at: /robot describe the bench. Or /robot stop.")
        if not response_url.startswith(self.settings.answers_to):
            return self._answer(400, "no address to answer to")
        key = hashlib.sha256(signature.encode()).hexdigest()
        threading.Thread(target=self._look, args=(text, response_url, key), daemon=True).start()
        return self._say("On it.")

    def _look(self, goal, response_url, key):
        try:
            text = self.robot.look(goal, key)
        except Refused as refusal:
            text = f"Not done: {refusal}"
        except (OSError, ValueError):
            text = "Not done: the robot's server does not answer."
        message = json.dumps({"response_type": "ephemeral", "text": plain(text)}).encode()
        request = urllib.request.Request(response_url, data=message, headers={"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=10).close()

    def _say(self, text):
        self._answer(200, json.dumps({"response_type": "ephemeral", "text": plain(text)}), "application/json")

    def _answer(self, status, text, media_type="text/plain"):
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Nothing: what people ask is not for a log."""


def main():
    settings = Settings(os.environ)
    Receiver.settings = settings
    Receiver.requests = Requests(settings.signing_secret)
    Receiver.robot = Robot(settings)
    server = ThreadingHTTPServer(("127.0.0.1", settings.port), Receiver)
    print(f"slack_robot: ready on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
