"""Fits what a work folder describes and exports it. Reads feature matrices and writes scores and artifacts; it computes no
feature and chooses no threshold. Called by the rebuild command: fit.py WORK_FOLDER."""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
from scipy import sparse

import graphs
import models


def main(folder: Path) -> None:
    job = json.loads((folder / "job.json").read_text())
    common = {name: np.load(folder / f"{name}.npy") for name in ("labels", "folds", "fitted")}
    parts = {}
    for member in job["members"]:
        parts[member["name"]] = fit_member(folder / member["name"], member, common)
    together = [part for name, part in parts.items() if name not in job.get("apart", [])]
    if job["joint"] is not None:
        fit_joint(folder / "joint", job["joint"], together, common)
    if job["stack"] is not None:
        fit_stack(folder / "stack", job["stack"], together, common)


def fit_member(folder: Path, member: dict, common: dict) -> dict:
    """Out-of-fold scores of one member and its artifact, fitted on the rows that are marked as such."""
    recipe = member["recipe"]
    rows = np.load(folder / "rows.npy")
    matrix = load_matrix(folder, member, len(rows))
    target = np.load(folder / "target.npy")[rows]
    weights = np.load(folder / "weights.npy")[rows]
    folds, fitted = common["folds"][rows], common["fitted"][rows] == 1
    known = target >= 0

    def train(mask):
        mask = mask & known
        return models.train(recipe, matrix[mask], target[mask], weights[mask])

    scores = np.full(len(common["labels"]), np.nan, dtype=np.float32)
    for fold in range(int(folds.max()) + 1):
        held = folds == fold
        scores[rows[held]] = train(~held).score(matrix[held])
    np.save(folder / "out-of-fold.npy", scores)
    save(folder / "model.onnx", train(fitted).graph(member["input"]))
    return {"name": member["name"], "member": member, "rows": rows, "matrix": matrix, "scores": scores}


def load_matrix(folder: Path, member: dict, count: int):
    if member["input"]["kind"] == "dense":
        return np.load(folder / "values.npy").reshape(count, member["input"]["width"])
    ids, rows = np.load(folder / "ids.npy"), np.load(folder / "id-rows.npy")
    size = member["recipe"]["buckets"]
    if len(ids) > 0 and ids.max() >= size:
        raise SystemExit(f"{member['name']}: id {ids.max()} is not below the recipe's {size} buckets.")
    weights = np.load(folder / "id-weights.npy") if member["input"]["weighted"] else np.ones(len(ids), np.float32)
    return sparse.csr_matrix((weights.astype(np.float64), (rows, ids)), shape=(count, size))


def fit_joint(folder: Path, recipe: dict, parts: list, common: dict) -> None:
    """One logistic regression over all members' features; an abstained member is a row of zeros and a mark."""
    folder.mkdir(exist_ok=True)
    n = len(common["labels"])
    weights = np.load(folder / "weights.npy")

    def design(fit_rows):
        blocks, scales = [], []
        for part in parts:
            inside = np.isin(part["rows"], np.flatnonzero(fit_rows))
            scale = models.column_scale(recipe, part["matrix"][inside])
            spread = sparse.csr_matrix(
                (np.ones(len(part["rows"])), (part["rows"], np.arange(len(part["rows"])))), shape=(n, len(part["rows"]))
            )
            blocks.append(spread @ sparse.csr_matrix(part["matrix"]) @ sparse.diags(scale))
            scales.append(scale)
        marks = np.ones((n, len(parts)))
        for i, part in enumerate(parts):
            marks[part["rows"], i] = 0
        return sparse.hstack([*blocks, sparse.csr_matrix(marks)]).tocsr(), scales

    def train(mask):
        matrix, scales = design(mask)
        model = models.logistic(recipe, matrix[mask], common["labels"][mask], weights[mask])
        return matrix, scales, model

    scores = np.empty(n, dtype=np.float32)
    for fold in range(int(common["folds"].max()) + 1):
        held = common["folds"] == fold
        matrix, _, model = train(~held)
        scores[held] = model.decision_function(matrix[held]).astype(np.float32)
    np.save(folder / "out-of-fold.npy", scores)
    _, scales, model = train(common["fitted"] == 1)
    coefficients, start, blocks = model.coef_[0], 0, []
    for part, scale in zip(parts, scales):
        blocks.append((part["member"]["name"], part["member"]["input"], scale * coefficients[start : start + len(scale)]))
        start += len(scale)
    save(folder / "model.onnx", graphs.joint_graph(blocks, coefficients[start:], float(model.intercept_[0])))


def fit_stack(folder: Path, recipe: dict, parts: list, common: dict) -> None:
    """Logistic regression on the members' out-of-fold scores; an abstention is score 0 and a mark."""
    folder.mkdir(exist_ok=True)
    scores = np.column_stack([part["scores"].astype(np.float64) for part in parts])
    marks = np.isnan(scores)
    abstaining = np.flatnonzero(marks.any(axis=0))
    centre, spread = np.nanmean(scores, axis=0), np.nanstd(scores, axis=0)
    matrix = np.hstack([np.where(marks, 0, (scores - centre) / spread), marks[:, abstaining]])

    def train(mask):
        return models.logistic(recipe, matrix[mask], common["labels"][mask], np.ones(int(mask.sum())))

    out = np.empty(len(matrix), dtype=np.float32)
    for fold in range(int(common["folds"].max()) + 1):
        held = common["folds"] == fold
        out[held] = train(~held).decision_function(matrix[held]).astype(np.float32)
    np.save(folder / "out-of-fold.npy", out)
    model = train(np.ones(len(matrix), dtype=bool))
    weights = model.coef_[0]
    abstained = dict(zip((parts[i]["name"] for i in abstaining), weights[len(parts) :]))
    # Score = bias + sum of weight * score; the standardisation is folded in, so an abstention stands for an average score.
    stack = {
        "bias": float(model.intercept_[0]),
        "members": [
            {
                "name": part["name"],
                "weight": float(weights[i] / spread[i]),
                "centre": float(centre[i]),
                "whenAbstained": float(abstained.get(part["name"], 0.0)),
            }
            for i, part in enumerate(parts)
        ],
    }
    (folder / "stack.json").write_text(json.dumps(stack))


def save(path: Path, model: onnx.ModelProto) -> None:
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
