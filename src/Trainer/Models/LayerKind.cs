using static TorchSharp.torch.nn;

namespace Granary.Trainer.Models;

/// <summary>The name of a layer's kind, as PyTorch has it: <c>Conv2d</c>, <c>BatchNorm2d</c>, <c>Sequential</c>.</summary>
internal static class LayerKind
{
    /// <summary>
    /// The kind of a layer. The library's own layers go by their type: <c>GetName</c> of TorchSharp's BatchNorm2d says BatchNorm1d, and that
    /// of a Sequential a C++ name.
    /// </summary>
    /// <param name="module">The layer.</param>
    public static string Of(Module module) => module is FormattedLayer or Block ? module.GetName() : module.GetType().Name;
}
