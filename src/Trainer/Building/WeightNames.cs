using System.Text.RegularExpressions;
using Granary.Trainer.Checkpoints;

namespace Granary.Trainer.Building;

/// <summary>Makes the names of published state dicts those of today's torchvision.</summary>
internal static partial class WeightNames
{
    private const string DataParallelPrefix = "module.";

    // GoogLeNet's heads that only its training used; the network here is without them.
    private static readonly string[] Auxiliary = ["aux1.", "aux2."];

    /// <summary>
    /// Takes away PyTorch's <c>module.</c> prefix of data-parallel models and GoogLeNet's auxiliary heads, and renames the layers of
    /// DenseNet files from before torchvision 0.3 (<c>norm.1</c> is <c>norm1</c> now).
    /// </summary>
    /// <param name="tensors">Tensors by name.</param>
    public static Dictionary<string, TensorData> Translate(IReadOnlyDictionary<string, TensorData> tensors)
    {
        bool parallel = tensors.Keys.All(name => name.StartsWith(DataParallelPrefix, StringComparison.Ordinal));
        return tensors
            .Select(tensor => (Name: parallel ? tensor.Key[DataParallelPrefix.Length..] : tensor.Key, tensor.Value))
            .Where(tensor => !Auxiliary.Any(prefix => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)))
            .ToDictionary(tensor => OldDenseLayer().Replace(tensor.Name, "$1$2"), tensor => tensor.Value);
    }

    [GeneratedRegex(@"(?<=\.)(denselayer\d+\.(?:norm|conv))\.([12]\.)")]
    private static partial Regex OldDenseLayer();
}
