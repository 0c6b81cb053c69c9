"""What the bot's front imports, beside Bolt and one DynamoDB client, each in fresh processes by turns."""

import os
import statistics
import subprocess
import sys
import time

from tests.cloud import ROOT

ROUNDS = 9
BESIDE = "import slack_bolt, botocore.session; botocore.session.get_session().create_client('dynamodb')"
#: Ready for a request that only asks; a click that changes something brings the room that it names.
FRONT = "import handler; handler.app().app_for(())"
WHOLE = "import handler; handler.app().app_for()"


def run(_options):
    paths = [str(ROOT / "bot"), str(ROOT / "layers/common")]
    env = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "PYTHONPATH": os.pathsep.join(paths),
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "SLACK_SECRETS": "/rollcall/slack",
        "TOKENS_KEY": "x",
        **dict.fromkeys(("DEVICES_TABLE", "UPLOADS_TABLE", "ACCOUNTS_TABLE", "UPLOADS_BUCKET"), "x"),
    }
    seconds = {BESIDE: [], FRONT: [], WHOLE: []}
    for _ in range(ROUNDS):
        for code, taken in seconds.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], env=env, check=True)
            taken.append(time.perf_counter() - started)
    beside, front, whole = (statistics.median(taken) for taken in seconds.values())
    print(f"\nCold start of the bot, median of {ROUNDS} fresh processes")
    print(f"  slack_bolt and a DynamoDB client   {beside * 1000:6.0f} ms")
    print(f"  the front, ready for a question    {front * 1000:6.0f} ms   {front / beside:.2f} x")
    print(f"  the front with all its rooms       {whole * 1000:6.0f} ms   {whole / beside:.2f} x")
