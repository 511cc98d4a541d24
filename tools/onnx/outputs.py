"""Imports the networks of a folder, writes their outputs and their state dicts as JSON beside them; prints PyTorch's version."""

import importlib.util
import json
import pathlib
import sys

import torch

folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
for index in range(count):
    spec = importlib.util.spec_from_file_location(f"network_{index}", folder / f"network_{index}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    model = module.network
    inputs = torch.tensor(json.loads((folder / f"inputs_{index}.json").read_text()), dtype=torch.float64)
    with torch.no_grad():
        (folder / f"outputs_{index}.json").write_text(json.dumps(model(inputs).tolist()))
    with open(folder / f"state_{index}.json", "w") as file:
        json.dump({name: tensor.tolist() for name, tensor in model.state_dict().items()}, file)
print(torch.__version__)
