"""ONNX graphs. The score of an example never depends on its batch: sums run over one example at a time, in order."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
ML_OPSET = 3


def bag_graph(spec, table, bias):
    nodes, inputs, constants, total = bag_sum(spec["name"], spec["weighted"], table)
    return finish(nodes, inputs, constants, [total], bias)


def dense_graph(spec, coefficients, bias):
    nodes, inputs, constants, total = dense_sum(spec["name"], coefficients)
    return finish(nodes, inputs, constants, [total], bias)


def two_layer_graph(spec, hidden, hidden_bias, coefficients, bias):
    """hidden: [width, units]. Products and sums apart, for MatMul may sum in another order in another batch."""
    width, units = hidden.shape
    inputs = [helper.make_tensor_value_info(spec["name"], TensorProto.FLOAT, ["n", width])]
    constants = [
        numpy_helper.from_array(np.array([1], dtype=np.int64), "unit_axis"),
        numpy_helper.from_array(np.array([2], dtype=np.int64), "column_axis"),
        numpy_helper.from_array(np.asarray(hidden.T, dtype=np.float32).reshape(1, units, width), "hidden"),
        numpy_helper.from_array(np.asarray(hidden_bias, dtype=np.float32).reshape(1, units), "hidden_bias"),
        numpy_helper.from_array(np.asarray(coefficients, dtype=np.float32).reshape(1, units), "coefficients"),
    ]
    nodes = [
        helper.make_node("Unsqueeze", [spec["name"], "unit_axis"], ["rows"]),
        helper.make_node("Mul", ["rows", "hidden"], ["hidden_products"]),
        helper.make_node("ReduceSum", ["hidden_products", "column_axis"], ["hidden_sum"], keepdims=0),
        helper.make_node("Add", ["hidden_sum", "hidden_bias"], ["before"]),
        helper.make_node("Relu", ["before"], ["inside"]),
        helper.make_node("Mul", ["inside", "coefficients"], ["products"]),
        helper.make_node("ReduceSum", ["products", "unit_axis"], ["sum"], keepdims=0),
    ]
    return finish(nodes, inputs, constants, ["sum"], bias)


def joint_graph(blocks, marks, bias):
    """blocks: (member, input spec, coefficients); marks: one coefficient per member, for its abstention."""
    nodes, inputs, constants, totals = [], [], [], []
    for member, spec, coefficients in blocks:
        name = f"{member.replace('-', '_')}_{spec['name']}"
        part = bag_sum(name, spec["weighted"], coefficients) if spec["kind"] == "bag" else dense_sum(name, coefficients)
        for mine, new in zip((nodes, inputs, constants), part):
            mine += new
        totals.append(part[3])
    part = dense_sum("abstained", marks)
    for mine, new in zip((nodes, inputs, constants), part):
        mine += new
    return finish(nodes, inputs, constants, [*totals, part[3]], bias)


def bag_sum(name, weighted, table):
    constants = [
        numpy_helper.from_array(np.asarray(table, dtype=np.float32), f"{name}_table"),
    ]
    inputs = [
        helper.make_tensor_value_info(f"{name}_ids", TensorProto.INT64, [f"{name}_total"]),
        helper.make_tensor_value_info(f"{name}_rows", TensorProto.INT64, [f"{name}_total"]),
        helper.make_tensor_value_info(f"{name}_count", TensorProto.INT64, [1]),
    ]
    nodes = [helper.make_node("Gather", [f"{name}_table", f"{name}_ids"], [f"{name}_found"])]
    found = f"{name}_found"
    if weighted:
        inputs.append(helper.make_tensor_value_info(f"{name}_weights", TensorProto.FLOAT, [f"{name}_total"]))
        nodes.append(helper.make_node("Mul", [found, f"{name}_weights"], [f"{name}_weighted"]))
        found = f"{name}_weighted"
    zero = helper.make_tensor("zero", TensorProto.FLOAT, [1], [0.0])
    nodes += [
        helper.make_node("ConstantOfShape", [f"{name}_count"], [f"{name}_zeros"], value=zero),
        helper.make_node(
            "ScatterElements", [f"{name}_zeros", f"{name}_rows", found], [f"{name}_sum"], axis=0, reduction="add"
        ),
    ]
    return nodes, inputs, constants, f"{name}_sum"


def dense_sum(name, coefficients):
    width = len(coefficients)
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", width])]
    constants = [
        numpy_helper.from_array(np.asarray(coefficients, dtype=np.float32).reshape(1, width), f"{name}_coefficients"),
        numpy_helper.from_array(np.array([1], dtype=np.int64), f"{name}_axes"),
    ]
    nodes = [
        helper.make_node("Mul", [name, f"{name}_coefficients"], [f"{name}_products"]),
        helper.make_node("ReduceSum", [f"{name}_products", f"{name}_axes"], [f"{name}_sum"], keepdims=0),
    ]
    return nodes, inputs, constants, f"{name}_sum"


def finish(nodes, inputs, constants, totals, bias):
    constants.append(numpy_helper.from_array(np.array([bias], dtype=np.float32), "bias"))
    current = totals[0]
    for i, total in enumerate(totals[1:]):
        nodes.append(helper.make_node("Add", [current, total], [f"sum_{i}"]))
        current = f"sum_{i}"
    nodes.append(helper.make_node("Add", [current, "bias"], ["score"]))
    return model(nodes, inputs, constants, ["n"])


def forest_graph(spec, forest):
    """Mean probability of class 1 over the trees. Thresholds are rounded down to float32, so that no row changes sides."""
    attributes = {
        name: []
        for name in (
            "nodes_treeids nodes_nodeids nodes_featureids nodes_values nodes_modes nodes_truenodeids nodes_falsenodeids "
            "target_treeids target_nodeids target_ids target_weights"
        ).split()
    }
    count = len(forest.estimators_)
    for tree_id, estimator in enumerate(forest.estimators_):
        tree = estimator.tree_
        for node in range(tree.node_count):
            leaf = tree.children_left[node] < 0
            attributes["nodes_treeids"].append(tree_id)
            attributes["nodes_nodeids"].append(node)
            attributes["nodes_featureids"].append(0 if leaf else int(tree.feature[node]))
            attributes["nodes_values"].append(0.0 if leaf else float(round_down(tree.threshold[node])))
            attributes["nodes_modes"].append("LEAF" if leaf else "BRANCH_LEQ")
            attributes["nodes_truenodeids"].append(0 if leaf else int(tree.children_left[node]))
            attributes["nodes_falsenodeids"].append(0 if leaf else int(tree.children_right[node]))
            if leaf:
                value = tree.value[node][0]
                attributes["target_treeids"].append(tree_id)
                attributes["target_nodeids"].append(node)
                attributes["target_ids"].append(0)
                attributes["target_weights"].append(float(value[1] / value.sum() / count))
    node = helper.make_node(
        "TreeEnsembleRegressor",
        [spec["name"]],
        ["score"],
        domain="ai.onnx.ml",
        n_targets=1,
        aggregate_function="SUM",
        post_transform="NONE",
        **attributes,
    )
    inputs = [helper.make_tensor_value_info(spec["name"], TensorProto.FLOAT, ["n", spec["width"]])]
    return model([node], inputs, [], ["n", 1])


def round_down(value):
    rounded = np.float32(value)
    return rounded if rounded <= value else np.nextafter(rounded, np.float32(-np.inf))


def model(nodes, inputs, constants, shape):
    output = helper.make_tensor_value_info("score", TensorProto.FLOAT, shape)
    graph = helper.make_graph(nodes, "member", inputs, [output], initializer=constants)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("ai.onnx.ml", ML_OPSET)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="clamor-training")
