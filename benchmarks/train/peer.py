"""PyTorch's side of benchmarks/train: for each line "SECONDS" on standard input it trains for that long and answers [examples, seconds, CPU seconds]."""
import argparse
import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, kernel_size=5, padding=2), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, kernel_size=5), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(16 * 5 * 5, 120), nn.ReLU(inplace=True),
        nn.Linear(120, 84), nn.ReLU(inplace=True),
        nn.Linear(84, 10))


def resnet18(channels, small):
    import torchvision
    net = torchvision.models.resnet18(weights=None, num_classes=10)
    if small:
        net.conv1 = nn.Conv2d(channels, 64, kernel_size=3, padding=1, bias=False)
        net.maxpool = nn.Identity()
    else:
        net.conv1 = nn.Conv2d(channels, 64, kernel_size=7, stride=2, padding=3, bias=False)
    return net


def densenet121():
    import torchvision
    return torchvision.models.densenet121(weights=None, num_classes=10)


CASES = {
    "lenet": (lenet, (1, 28, 28)),
    "resnet18-cifar": (lambda: resnet18(3, small=True), (3, 32, 32)),
    "resnet18-96": (lambda: resnet18(1, small=False), (1, 96, 96)),
    "densenet121-32": (densenet121, (3, 32, 32)),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", choices=CASES)
    parser.add_argument("batch", type=int)
    parser.add_argument("pictures", type=int)
    parser.add_argument("threads", type=int)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    build, shape = CASES[options.case]
    net = build().train()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
    pictures = torch.randint(0, 256, (options.pictures, *shape), dtype=torch.uint8)
    labels = torch.randint(0, 10, (options.pictures,))

    def step(indices):
        x = pictures[indices].float().div_(255)
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(net(x), labels[indices])
        loss.backward()
        optimizer.step()

    def batches():
        while True:
            yield from torch.randperm(options.pictures).split(options.batch)[:options.pictures // options.batch]

    loader = batches()
    for line in sys.stdin:
        wanted = float(line)
        examples = 0
        start, cpu = time.perf_counter(), time.process_time()
        while True:
            step(next(loader))
            examples += options.batch
            elapsed = time.perf_counter() - start
            if elapsed >= wanted:
                break
        print(json.dumps([examples, elapsed, time.process_time() - cpu]), flush=True)


if __name__ == "__main__":
    main()
