"""What the planner holds in memory, for files of two sizes, each in a fresh process. Needs Linux.

The kernel's own high-water mark: `ru_maxrss` would begin at that of the process that started the measured one.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.uploads import make_file, make_rows
from tests.cloud import ROOT

# Both fill the page cache of the index of repeats; what grows beyond that is what a row costs.
SMALL, LARGE = 400_000, 1_000_000
PLAN = """
import sys
from pathlib import Path
from rollcall.chain.reading import FileReader
from rollcall.chunks import planned_to_json
from rollcall.rows import FileContext
reader = FileReader(Path(sys.argv[1]), many=False)
context = FileContext(headings=reader.headings, columns=reader.columns, customer="CUST-X")
chunk = []
for row in reader.rows(context):
    chunk.append(planned_to_json(row))
    if len(chunk) == 2000:
        chunk = []
status = Path("/proc/self/status").read_text()
print(1024 * int(status.split("VmHWM:")[1].split()[0]))
"""


def run(_options):
    small, large = _peak(SMALL), _peak(LARGE)
    print("\nPlanner, peak of resident memory")
    print(f"  {SMALL:>9,} rows   {small / 2**20:6.1f} MiB")
    print(
        f"  {LARGE:>9,} rows   {large / 2**20:6.1f} MiB   {(large - small) / (LARGE - SMALL):.1f} bytes a further row"
    )


def _peak(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phones.csv"
        path.write_bytes(make_file(make_rows(rows)))
        env = {**os.environ, "PYTHONPATH": str(ROOT / "layers/common")}
        return int(
            subprocess.run([sys.executable, "-c", PLAN, path], env=env, check=True, stdout=subprocess.PIPE).stdout
        )
