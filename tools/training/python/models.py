"""The kinds of model a recipe may name. Each can score a matrix and become an ONNX graph."""

import numpy as np
from scipy import sparse
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

import graphs


class Linear:
    def __init__(self, coefficients, bias):
        self.coefficients, self.bias = coefficients, bias

    def score(self, matrix):
        return (matrix @ self.coefficients + self.bias).astype(np.float32)

    def graph(self, spec):
        if spec["kind"] == "bag":
            return graphs.bag_graph(spec, self.coefficients, self.bias)
        return graphs.dense_graph(spec, self.coefficients, self.bias)


class TwoLayers:
    def __init__(self, hidden, hidden_bias, coefficients, bias):
        self.hidden, self.hidden_bias, self.coefficients, self.bias = hidden, hidden_bias, coefficients, bias

    def score(self, matrix):
        inside = np.maximum(matrix @ self.hidden + self.hidden_bias, 0)
        return (inside @ self.coefficients + self.bias).astype(np.float32)

    def graph(self, spec):
        return graphs.two_layer_graph(spec, self.hidden, self.hidden_bias, self.coefficients, self.bias)


class Trees:
    def __init__(self, forest):
        self.forest = forest

    def score(self, matrix):
        return self.forest.predict_proba(matrix)[:, 1].astype(np.float32)

    def graph(self, spec):
        return graphs.forest_graph(spec, self.forest)


def train(recipe: dict, matrix, target, weights):
    """The model that a recipe names, fitted."""
    if recipe["model"] == "extra-trees":
        forest = ExtraTreesClassifier(
            n_estimators=recipe["trees"],
            min_samples_leaf=recipe["minSamplesLeaf"],
            random_state=recipe["seed"],
            n_jobs=1,
        )
        return Trees(forest.fit(matrix, target, sample_weight=weights))
    if recipe["model"] == "two-layer":
        return two_layers(recipe, matrix, target, weights)
    if recipe["model"] != "logistic":
        raise SystemExit(f"model \"{recipe['model']}\" is not known: logistic, two-layer or extra-trees.")
    scale = column_scale(recipe, matrix)
    scaled = matrix @ sparse.diags(scale) if sparse.issparse(matrix) else matrix * scale
    model = logistic(recipe, scaled, target, weights)
    return Linear(scale * model.coef_[0], float(model.intercept_[0]))


def two_layers(recipe: dict, matrix, target, weights):
    """For dense columns, which are given a spread of `denseScale` as for a logistic regression."""
    scale = column_scale(recipe, matrix)
    net = MLPClassifier(
        hidden_layer_sizes=(recipe["hidden"],),
        alpha=recipe["alpha"],
        solver="lbfgs",
        random_state=recipe["seed"],
        max_iter=1000,
    )
    net.fit(matrix * scale, target, sample_weight=weights)
    (hidden, out), (hidden_bias, bias) = net.coefs_, net.intercepts_
    return TwoLayers(scale[:, None] * hidden, hidden_bias, out[:, 0], float(bias[0]))


def logistic(recipe: dict, matrix, target, weights):
    model = LogisticRegression(C=recipe["C"], solver="liblinear", random_state=recipe["seed"], max_iter=1000)
    return model.fit(sparse.csr_matrix(matrix), target, sample_weight=weights)


def column_scale(recipe: dict, matrix):
    """Shape [columns]: `idf` weighs rare columns up, dense columns get a spread of `denseScale`, else 1. Part of the fit:
    it ends up in the coefficients."""
    if not sparse.issparse(matrix):
        spread = matrix.std(axis=0)
        return np.where(spread > 0, recipe.get("denseScale", 1) / np.where(spread > 0, spread, 1), 0.0)
    if recipe.get("scaling") == "idf":
        seen = np.asarray((matrix > 0).sum(axis=0)).ravel()
        return 1 + np.log((1 + matrix.shape[0]) / (1 + seen))
    return np.ones(matrix.shape[1])
