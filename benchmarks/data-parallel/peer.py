"""PyTorch's side of benchmarks/data-parallel: one rank of DistributedDataParallel over Gloo, or a process alone.

Says "ready", then for each line "STEPS" on standard input trains that many steps and answers [seconds, CPU seconds].
"""
import argparse
import json
import os
import sys
import time

import torch
from torch import distributed, nn
from torch.nn import functional as F

from networks import CASES


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("case", choices=CASES)
    parser.add_argument("batch", type=int)
    parser.add_argument("pictures", type=int)
    parser.add_argument("rank", type=int)
    parser.add_argument("ranks", type=int)
    parser.add_argument("port", type=int)
    options = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(1)
    build, shape = CASES[options.case]
    net = build().train()
    if options.ranks > 1:
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(options.port), GLOO_SOCKET_IFNAME="lo")
        distributed.init_process_group("gloo", rank=options.rank, world_size=options.ranks)
        net = nn.parallel.DistributedDataParallel(net)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
    torch.manual_seed(options.rank)
    pictures = torch.randint(0, 256, (options.pictures, *shape), dtype=torch.uint8)
    labels = torch.randint(0, 10, (options.pictures,))

    def step(indices):
        x = pictures[indices].float().div_(255)
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(net(x), labels[indices]).backward()
        optimizer.step()

    def batches():
        while True:
            yield from torch.randperm(options.pictures).split(options.batch)[:options.pictures // options.batch]

    loader = batches()
    print("ready", flush=True)
    for line in sys.stdin:
        start, cpu = time.perf_counter(), time.process_time()
        for _ in range(int(line)):
            step(next(loader))
        print(json.dumps([time.perf_counter() - start, time.process_time() - cpu]), flush=True)


if __name__ == "__main__":
    main()
