"""``make bench [WHAT]``: runs the measurements and prints one table each."""

import argparse

from tests.bench import decisions, imports, memory, uploads

ROOMS = {"decisions": decisions.run, "imports": imports.run, "memory": memory.run, "uploads": uploads.run}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("what", nargs="*", choices=[*ROOMS, []], default=[])
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000], help="sizes of the uploads")
    options = parser.parse_args()
    for name in options.what or ROOMS:
        ROOMS[name](options)


if __name__ == "__main__":
    main()
