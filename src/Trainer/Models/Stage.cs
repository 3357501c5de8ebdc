using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>One step of a network's forward pass: a layer, or a block with a shortcut of its own.</summary>
/// <param name="Name">Where its parameters are in the state dict, such as <c>conv1</c> or <c>layer2.0</c>; unique in the network.</param>
/// <param name="Module">The layer or block, (N, ...) to (N, ...).</param>
/// <param name="Watched">Its output tells about the network's health: activations, blocks, the logits. Others only prepare such.</param>
internal sealed record Stage(string Name, Module<Tensor, Tensor> Module, bool Watched);
