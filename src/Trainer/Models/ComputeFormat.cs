using Granary.Specs;
using static TorchSharp.torch;

namespace Granary.Trainer.Models;

/// <summary>
/// How convolutions and linear layers compute. Parameters stay float32 and row by row: they are converted on the way into a layer, and
/// backward converts their gradients back, so optimizer, average, checkpoints and the sum over ranks know nothing of it. What lies between
/// the layers follows their results: batch normalisation, activations, pooling and addition take bfloat16 as PyTorch's autocast gives it to
/// them, and libtorch keeps their statistics and sums in float32.
/// </summary>
/// <param name="Type">What is multiplied: <see cref="ScalarType.Float32"/> or <see cref="ScalarType.BFloat16"/>.</param>
/// <param name="ChannelsLast">Whether pictures and kernels have their channels side by side in memory (NHWC). Shapes stay NCHW.</param>
internal sealed record ComputeFormat(ScalarType Type, bool ChannelsLast)
{
    /// <summary>float32, each channel's plane after the other.</summary>
    public static ComputeFormat Plain { get; } = new(ScalarType.Float32, ChannelsLast: false);

    /// <summary>The format that a run asks for.</summary>
    /// <param name="train">Its <see cref="TrainSpec.Precision"/> and <see cref="TrainSpec.ChannelsLast"/>.</param>
    public static ComputeFormat Of(TrainSpec train) =>
        new(train.Precision == "bf16" ? ScalarType.BFloat16 : ScalarType.Float32, train.ChannelsLast);

    /// <summary>The numbers as layers multiply them, rounded to the nearest, ties to even; the same tensor where nothing changes.</summary>
    /// <param name="numbers">A tensor of any shape.</param>
    public Tensor Convert(Tensor numbers) => numbers.dtype == Type ? numbers : numbers.to(Type);

    /// <summary>The tensor in the memory order that convolutions are to work in; the same tensor where nothing changes.</summary>
    /// <param name="pictures">(N, C, H, W), or kernels: (outputs, inputs, height, width). Other tensors have but one order.</param>
    public Tensor Arrange(Tensor pictures) =>
        ChannelsLast && pictures.dim() == 4 ? pictures.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : pictures;
}
