"""``make bench [WHAT]``: runs the measurements and prints one table each."""

import argparse

from tests.bench import decisions, imports, large, memory, reports, uploads

ROOMS = {
    "decisions": decisions.run,
    "imports": imports.run,
    "memory": memory.run,
    "large": large.run,
    "reports": reports.run,
    "uploads": uploads.run,
}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("what", nargs="*", choices=[*ROOMS, []], default=[])
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000], help="sizes of the uploads")
    parser.add_argument("--encodings", nargs="*", default=["utf-8-sig", "utf-16"], help="of the 300 MB file")
    options = parser.parse_args()
    for name in options.what or ROOMS:
        ROOMS[name](options)


if __name__ == "__main__":
    main()
