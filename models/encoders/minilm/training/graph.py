"""The graph of all-MiniLM-L6-v2 (BERT, 6 layers) over texts of equal length, with weights stored as int8.

    input_ids int64 [b, t]  ->  embedding float32 [b, 384], each row of length 1

There is no attention mask: only texts of equal length run together, so nothing is padded. Each weight is int8 with one
float32 scale per output channel and is made float32 by Cast and Mul, which onnxruntime folds when it opens the session; what
runs is float32, so a row does not depend on its batch. The table of tokens stays int8 (one scale per token) and only
the rows that a text needs are made float32.
"""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

LAYERS, HEADS, WIDTH, MAX_TOKENS, EPSILON = 6, 12, 384, 256, 1e-12
FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


def build(tensors, quantise=True):
    """The model as bytes, the same for the same tensors and versions of numpy and onnx."""
    graph = Graph(tensors, quantise)
    x = graph.embed()
    for layer in range(LAYERS):
        x = graph.layer(x, f"encoder.layer.{layer}")
    mean = graph.node("ReduceMean", [x, graph.integers([1])], keepdims=0)
    norm = graph.node("ReduceL2", [mean, graph.integers([1])], keepdims=1)
    floor = graph.constant("norm.floor", np.array(1e-12, np.float32))
    graph.node("Div", [mean, graph.node("Max", [norm, floor])], output="embedding")
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info("input_ids", INT64, ["b", "t"])],
            [helper.make_tensor_value_info("embedding", FLOAT, ["b", WIDTH])],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", 20)],
        producer_name="clamor",
    )
    model.ir_version = 9
    return model.SerializeToString(deterministic=True)


class Graph:
    def __init__(self, tensors, quantise):
        self.tensors, self.quantise = tensors, quantise
        self.nodes, self.initializers, self.known = [], [], {}

    def embed(self):
        """LayerNorm(token + position + type 0); positions and types do not depend on the text, so they are one table."""
        words = self.tensors["embeddings.word_embeddings.weight"]
        if self.quantise:
            values, scales = to_int8(words, axis=1)
            rows = self.node("Gather", [self.constant("tokens", values), "input_ids"], axis=0)
            scale = self.node("Gather", [self.constant("tokens.scale", scales), "input_ids"], axis=0)
            token = self.node("Mul", [self.node("Cast", [rows], to=FLOAT), scale])
        else:
            token = self.node("Gather", [self.constant("tokens", words), "input_ids"], axis=0)
        places = self.tensors["embeddings.position_embeddings.weight"][:MAX_TOKENS]
        kinds = self.tensors["embeddings.token_type_embeddings.weight"][0]
        length = self.node("Shape", ["input_ids"], start=1, end=2)
        place = self.node(
            "Slice", [self.constant("places", places + kinds), self.integers([0]), length, self.integers([0])]
        )
        return self.layer_norm(self.node("Add", [token, place]), "embeddings.LayerNorm")

    def layer(self, x, name):
        attended = self.dense(self.attention(x, f"{name}.attention.self"), f"{name}.attention.output.dense")
        x = self.layer_norm(self.node("Add", [attended, x]), f"{name}.attention.output.LayerNorm")
        inner = self.node("Gelu", [self.dense(x, f"{name}.intermediate.dense")])
        outer = self.dense(inner, f"{name}.output.dense")
        return self.layer_norm(self.node("Add", [outer, x]), f"{name}.output.LayerNorm")

    def attention(self, x, name):
        """Softmax(q kᵀ / √32) v per head; the division is in the weights of q already."""
        size = WIDTH // HEADS
        part = {}
        for key in ("query", "key", "value"):
            dense = self.dense(x, f"{name}.{key}", 1 / np.sqrt(size) if key == "query" else 1)
            split = self.node("Reshape", [dense, self.integers([0, 0, HEADS, size])])
            part[key] = self.node("Transpose", [split], perm=[0, 2, 3, 1] if key == "key" else [0, 2, 1, 3])
        weights = self.node("Softmax", [self.node("MatMul", [part["query"], part["key"]])], axis=-1)
        heads = self.node("Transpose", [self.node("MatMul", [weights, part["value"]])], perm=[0, 2, 1, 3])
        return self.node("Reshape", [heads, self.integers([0, 0, WIDTH])])

    def dense(self, x, name, factor=1):
        weight = self.tensors[f"{name}.weight"].T * np.float32(factor)
        bias = self.constant(f"{name}.bias", self.tensors[f"{name}.bias"] * np.float32(factor))
        if self.quantise:
            values, scales = to_int8(weight, axis=0)
            wide = self.node("Cast", [self.constant(f"{name}.weight", values)], to=FLOAT)
            matrix = self.node("Mul", [wide, self.constant(f"{name}.scale", scales)])
        else:
            matrix = self.constant(f"{name}.weight", np.ascontiguousarray(weight))
        return self.node("Add", [self.node("MatMul", [x, matrix]), bias])

    def layer_norm(self, x, name):
        scale = self.constant(f"{name}.weight", self.tensors[f"{name}.weight"])
        bias = self.constant(f"{name}.bias", self.tensors[f"{name}.bias"])
        return self.node("LayerNormalization", [x, scale, bias], axis=-1, epsilon=EPSILON)

    def node(self, kind, inputs, output=None, **attributes):
        output = output or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def constant(self, name, value):
        self.initializers.append(numpy_helper.from_array(value, name))
        return name

    def integers(self, values):
        name = "integers_" + "_".join(map(str, values))
        if name not in self.known:
            self.known[name] = self.constant(name, np.array(values, np.int64))
        return name


def to_int8(weight, axis):
    """Symmetric int8 with one scale per channel; `axis` is the one that a scale is shared along."""
    scales = (np.abs(weight).max(axis=axis, keepdims=True) / np.float32(127)).astype(np.float32)
    scales[scales == 0] = 1
    return np.rint(weight / scales).astype(np.int8), scales
