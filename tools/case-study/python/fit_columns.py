"""Fits what a work folder describes and writes score columns. Reads feature matrices that TypeScript wrote; it computes no
feature, draws nothing and chooses no threshold. Called by `npm run case-study -- --refit`: fit_columns.py WORK_FOLDER PROCESSES."""

import hashlib
import json
import multiprocessing
import sys
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "training" / "python"))
import fit
import models

# Of a model that has nothing to learn from: below every threshold.
NOTHING = np.float32(-100)


def logistic(recipe: dict, matrix, labels, weights) -> LogisticRegression:
    """The objective of models.logistic, solved in the dual: on these matrices it is quicker, and nearer to the optimum. Against a
    hundredth of this tolerance, scores of the joint model differ by less than .01."""
    model = LogisticRegression(
        C=recipe["C"], solver="liblinear", dual=True, tol=0.1, random_state=recipe["seed"], max_iter=1000
    )
    return model.fit(sparse.csr_matrix(matrix), labels, sample_weight=weights)


class Part:
    """A member's feature matrix over all rows; a row on which it abstains is a row of zeros and a mark."""

    def __init__(self, folder: Path, spec: dict, count: int):
        self.rows = np.load(folder / spec["name"] / "rows.npy")
        self.recipe = spec["recipe"]
        own = fit.load_matrix(folder / spec["name"], spec, len(self.rows))
        self.dense = None if sparse.issparse(own) else own
        spread = sparse.csr_matrix(
            (np.ones(len(self.rows)), (self.rows, np.arange(len(self.rows)))), shape=(count, len(self.rows))
        )
        self.matrix = (spread @ sparse.csr_matrix(own)).tocsr()
        self.seen = np.zeros(count, dtype=bool)
        self.seen[self.rows] = True
        self.weights = np.load(folder / spec["name"] / "weights.npy").astype(np.float64)


class Fitter:
    def __init__(self, folder: Path):
        self.job = json.loads((folder / "job.json").read_text())
        load = lambda name: np.load(folder / f"{name}.npy")
        self.labels, self.role = load("labels"), load("roles")  # roles: 0 train, 1 valid, 2 measured
        count = len(self.labels)
        self.folds = [load(f"folds-{i}") for i in range(self.job["assignments"])]
        self.without = {name: load(f"without-{name}") == 1 for name in self.job["without"]}
        self.parts = {spec["name"]: Part(folder, spec, count) for spec in self.job["members"]}
        joined = [self.parts[name] for name in self.job["joined"]]
        marks = np.column_stack([~part.seen for part in joined]).astype(np.float64)
        stacked = sparse.hstack([part.matrix for part in joined] + [sparse.csr_matrix(marks)]).tocsr()
        # Where the dense columns of each part begin: their spread is part of every fit.
        starts = np.cumsum([0] + [part.matrix.shape[1] for part in joined])
        dense = [(part, start) for part, start in zip(joined, starts) if part.dense is not None]
        # A column of zeros gets no weight: leaving it out changes nothing but the time.
        used = np.asarray((stacked != 0).sum(axis=0)).ravel() > 0
        self.joint = stacked[:, used]
        original = np.flatnonzero(used)[self.joint.indices]
        self.denses = []
        for part, start in dense:
            at = np.flatnonzero((original >= start) & (original < start + part.matrix.shape[1]))
            self.denses.append((part, at, original[at] - start, self.joint.data[at].copy()))
        self.joint_weights = load("joint-weights").astype(np.float64)
        self.memo = {}

    def column(self, spec: dict) -> np.ndarray:
        """Scores of all rows: of train and valid by the fold that did not see the row, of measured rows by the fit on train."""
        inside = self.without[spec["without"]].copy()
        inside[spec["added"]] = True
        folds = self.folds[spec["assignment"]]
        scores = np.full(len(self.labels), np.nan, dtype=np.float32)
        for fold in range(int(folds.max()) + 1):
            held = (folds == fold) & (self.role < 2)
            scores[held] = self.fitted(spec, inside & (self.role < 2) & (folds != fold), held)
        measured = self.role == 2
        scores[measured] = self.remembered(spec, inside & (self.role == 0), measured)
        return scores

    def remembered(self, spec: dict, rows: np.ndarray, held: np.ndarray) -> np.ndarray:
        key = (spec["model"], hashlib.sha256(np.packbits(rows).tobytes()).hexdigest())
        if key not in self.memo:
            self.memo[key] = self.fitted(spec, rows, held)
        return self.memo[key]

    def fitted(self, spec: dict, rows: np.ndarray, held: np.ndarray) -> np.ndarray:
        if spec["model"] == "joint":
            return self.fitted_joint(rows, held)
        part = self.parts[spec["model"]]
        # A specialist learns the mails that were added against all ham; other spam is left out.
        if spec["specialist"]:
            added = np.zeros(len(rows), dtype=bool)
            added[spec["added"]] = True
            rows = rows & (added | (self.labels == 0))
        rows = rows & part.seen
        scores = np.full(len(rows), np.nan, dtype=np.float32)
        if self.labels[rows].max() == 0:
            scores[part.seen] = NOTHING
            return scores[held]
        if part.dense is None:
            own = part.matrix[rows]
            scale = models.column_scale(part.recipe, own)
            model = logistic(part.recipe, own @ sparse.diags(scale), self.labels[rows], part.weights[rows])
            linear = models.Linear(scale * model.coef_[0], float(model.intercept_[0]))
            scores[part.seen] = linear.score(part.matrix[part.seen])
        else:
            own = rows[part.rows]
            model = models.train(part.recipe, part.dense[own], self.labels[rows], part.weights[rows])
            scores[part.seen] = model.score(part.dense)
        return scores[held]

    def fitted_joint(self, rows: np.ndarray, held: np.ndarray) -> np.ndarray:
        recipe = self.job["joint"]
        for part, at, columns, values in self.denses:
            self.joint.data[at] = values * models.column_scale(recipe, part.dense[rows[part.rows]])[columns]
        model = logistic(recipe, self.joint[rows], self.labels[rows], self.joint_weights[rows])
        return model.decision_function(self.joint[held]).astype(np.float32)


fitter = None


def start(folder: str) -> None:
    global fitter
    fitter = Fitter(Path(folder))


def write_set(task: tuple) -> str:
    folder, spec = task
    file, done = Path(folder) / f"{spec['name']}.npy", Path(folder) / f"{spec['name']}.json"
    wanted = json.dumps([fitter.job["key"], spec], sort_keys=True)
    if file.exists() and done.exists() and done.read_text() == wanted:
        return f"{spec['name']}: kept"
    columns = [fitter.column(column) for column in spec["columns"]]
    np.save(file, np.stack(columns).ravel())
    done.write_text(wanted)
    return f"{spec['name']}: {len(columns)} columns"


def main(folder: str, processes: int) -> None:
    sets = json.loads((Path(folder) / "job.json").read_text())["sets"]
    with multiprocessing.Pool(processes, start, (folder,)) as pool:
        for i, said in enumerate(pool.imap_unordered(write_set, [(folder, spec) for spec in sets])):
            print(f"fit {i + 1}/{len(sets)}  {said}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
