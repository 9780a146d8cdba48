#!/usr/bin/env python3
"""Verify an export of journals: a second reader, independent of the library.

    tian export --journal --db tian.db > journal.jsonl
    python3 verify.py journal.jsonl

Prints {"cases":n,"entries":n,"broken":[{"kind","id","seq","reason"}],"gaps":[...]}
and exits with 1 when anything is broken, with 2 when the file cannot be used.
The form of the lines is in export.md. Python's standard library only.
"""

import argparse
import base64
import hashlib
import json
import sys


def digest(algorithm, data):
    return hashlib.new(algorithm, data).hexdigest()


def parse(data):
    """The JSON object in some bytes, or None."""
    try:
        value = json.loads(data.decode("utf-8", errors="replace"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def read(lines):
    """The entries of every case in the order of the file, and the records."""
    journals, records = {}, {}
    for number, line in enumerate(lines, 1):
        try:
            item = json.loads(line)
            key = (item["kind"], item["id"])
            item["data"] = base64.b64decode(item["data"] or "", validate=True)
            if item["line"] == "entry":
                if item["content"] is not None:
                    item["content"] = base64.b64decode(item["content"], validate=True)
                journals.setdefault(key, []).append(item)
                int(item["seq"]), int(item["position"]), str(item["hash"])
            elif item["line"] == "record":
                item["header"] = base64.b64decode(item["header"] or "", validate=True)
                records[key] = item
            else:
                raise ValueError("neither an entry nor a record")
        except (ValueError, KeyError, TypeError) as err:
            raise ValueError("line %d: %s" % (number, err)) from err
    return journals, records


def entry_reason(key, item, expected, prev, known):
    """What is wrong with one entry, "" for nothing."""
    entry = parse(item["data"])
    if entry is None or item["content"] is None:
        return "unreadable"
    if entry.get("algorithm") not in known:
        return "no_algorithm"
    if digest(entry["algorithm"], item["data"]) != item["hash"]:
        return "changed"
    if item["seq"] > expected:
        return "missing"
    said = (entry.get("kind"), entry.get("id"), entry.get("seq"), entry.get("command"), entry.get("prev", ""))
    if said != (key[0], key[1], item["seq"], item["command"], prev) or item["seq"] != expected:
        return "foreign"
    return ""


def erases(entry, want):
    """Whether what an entry says to have erased follows; want is what contents have to be."""
    seq, algorithm, erased = entry["seq"], entry["algorithm"], entry.get("erased") or []
    want[seq] = (algorithm, entry.get("content"))
    if any(x["seq"] >= seq or x["seq"] in want and want[x["seq"]][1] != x["was"] for x in erased):
        return False
    want.update({x["seq"]: (algorithm, x["now"]) for x in erased if x["seq"] in want})
    return True


def record_break(record, last, known):
    """(seq, reason) when a record is not what the last entry left, else None."""
    header = parse(record["header"])
    seq = None if header is None else header.get("seq", 0)
    if not isinstance(seq, int):
        return 0, "unreadable"
    if last is None or last["seq"] < seq:
        return (last["seq"] if last else 0), "missing"
    entry = parse(last["data"]) or {}
    if "digest" not in entry or "algorithm" not in entry or last["content"] is None:
        return last["seq"], "unreadable"
    by = entry["algorithm"]
    if by not in known:
        return last["seq"], "no_algorithm"
    if digest(by, last["data"]) != last["hash"]:
        return last["seq"], "changed"
    if digest(by, last["content"]) != entry.get("content"):
        return last["seq"], "content"
    left = digest(by, record["header"] + b"\n" + record["data"])
    same = record["hash"] == last["hash"] and seq == last["seq"] and left == entry["digest"]
    return None if same else (0, "record")


def verify(journals, records, known):
    broken = []
    for key in sorted(set(journals) | set(records)):
        in_feed = journals.get(key, [])
        found = [(b["seq"], "order") for a, b in zip(in_feed, in_feed[1:]) if b["seq"] <= a["seq"]]
        journal = sorted(in_feed, key=lambda item: item["seq"])
        expected, prev, want, have = 1, "", {}, {}
        for item in journal:
            reason = entry_reason(key, item, expected, prev, known)
            if not reason:
                have[item["seq"]] = item["content"]
                reason = "" if erases(parse(item["data"]), want) else "content"
            if reason:
                found.append((item["seq"], reason))
            expected, prev = item["seq"] + 1, item["hash"]
        found += [(seq, "content") for seq, (by, is_) in want.items() if digest(by, have[seq]) != is_]
        bad = record_break(records[key], journal[-1] if journal else None, known) if key in records else (0, "no_record")
        found = dict.fromkeys(found + ([bad] if bad else []))
        broken += [{"kind": key[0], "id": key[1], "seq": seq, "reason": reason} for seq, reason in found]
    return broken


def gaps(journals):
    positions = sorted(item["position"] for journal in journals.values() for item in journal)
    return [{"from": a + 1, "to": b - 1} for a, b in zip([0] + positions, positions) if b > a + 1]


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("file", help="the export, - for standard input")
    options.add_argument("--algorithm", action="append", default=["sha256"], help="another hash that entries may be sealed with, such as sm3")
    given = options.parse_args()
    try:
        with sys.stdin if given.file == "-" else open(given.file, encoding="utf-8") as source:
            journals, records = read(source)
        broken = verify(journals, records, given.algorithm)
    except (OSError, ValueError) as err:
        print("verify: %s" % err, file=sys.stderr)
        return 2
    report = {"cases": len(set(journals) | set(records)), "entries": sum(map(len, journals.values())), "broken": broken, "gaps": gaps(journals)}
    print(json.dumps(report, ensure_ascii=False))
    return 1 if broken or report["gaps"] else 0


if __name__ == "__main__":
    sys.exit(main())
