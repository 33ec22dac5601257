"""Runs a graph over given token ids whenever it is told to; the other side of src/python-encoder.ts.

The first line of standard input is JSON: { "model": path, "ids": [[…], …] }. Every line after it is one turn: all texts, one
by one, on one thread, their arrays made in advance. A turn answers { "ms", "cpuMs" }.
"""

import json
import sys
import time

import numpy as np
import onnxruntime

setup = json.loads(sys.stdin.readline())
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(setup["model"], options, providers=["CPUExecutionProvider"])
feeds = [{"input_ids": np.array([ids], np.int64)} for ids in setup["ids"]]
print(json.dumps({"version": onnxruntime.__version__}), flush=True)
for _ in sys.stdin:
    start, cpu = time.perf_counter(), time.process_time()
    for feed in feeds:
        session.run(["embedding"], feed)
    times = {"ms": time.perf_counter() - start, "cpuMs": time.process_time() - cpu}
    print(json.dumps({name: 1000 * seconds for name, seconds in times.items()}), flush=True)
