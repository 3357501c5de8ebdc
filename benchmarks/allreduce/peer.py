"""Gloo's side of benchmarks/allreduce: one rank. For each line "BYTES REPEATS" on standard input it answers [seconds, CPU seconds] of one all-reduce."""
import json
import os
import sys
import time

import torch
from torch import distributed


def main():
    print("ready", flush=True)
    rank, ranks, port = sys.stdin.readline().split()
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=port, GLOO_SOCKET_IFNAME="lo")
    distributed.init_process_group("gloo", rank=int(rank), world_size=int(ranks))
    torch.set_num_threads(1)
    for line in sys.stdin:
        size, repeats = map(int, line.split())
        values = torch.zeros(size // 4)
        distributed.all_reduce(values)
        distributed.barrier()
        start, cpu = time.perf_counter(), time.process_time()
        for _ in range(repeats):
            distributed.all_reduce(values)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(json.dumps([seconds / repeats, cpu / repeats]), flush=True)


if __name__ == "__main__":
    main()
