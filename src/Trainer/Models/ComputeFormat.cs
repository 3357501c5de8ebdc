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

    /// <summary>The format that a run asks for, or that is best for it.</summary>
    /// <param name="train">Its <see cref="TrainSpec.Precision"/> and <see cref="TrainSpec.ChannelsLast"/>.</param>
    /// <param name="model">Its network.</param>
    /// <param name="cuda">It computes on a GPU, where the plain order is the rule.</param>
    /// <exception cref="ArgumentException">The run asks for an order in which a CPU gives wrong numbers for the network.</exception>
    public static ComputeFormat Of(TrainSpec train, ModelRecipe model, bool cuda)
    {
        if (train.ChannelsLast == false && !cuda && model.CpuOrder == CpuOrder.ChannelsLastOnly)
        {
            throw new ArgumentException(
                $"train.channels-last is false, and on a CPU {model.Name} can get wrong numbers that way: libtorch 2.10 reads memory there that "
                + "nobody has written. Leave channels-last out, or set it to true.",
                nameof(train));
        }

        ScalarType type = train.Precision == "bf16" ? ScalarType.BFloat16 : ScalarType.Float32;
        return new(type, train.ChannelsLast ?? (!cuda && model.CpuOrder != CpuOrder.Plain));
    }

    /// <summary>The numbers as layers multiply them, rounded to the nearest, ties to even; the same tensor where nothing changes.</summary>
    /// <param name="numbers">A tensor of any shape.</param>
    public Tensor Convert(Tensor numbers) => numbers.dtype == Type ? numbers : numbers.to(Type);

    /// <summary>
    /// The pictures in the memory order that convolutions are to work in; the same tensor where nothing changes. Kernels need no such step:
    /// the library brings them into the order of the pictures that they meet.
    /// </summary>
    /// <param name="pictures">(N, C, H, W). Other tensors have but one order.</param>
    public Tensor Arrange(Tensor pictures)
    {
        if (!ChannelsLast || pictures.dim() != 4)
            return pictures;
        // One channel lies the same way in both orders, and libtorch takes it for the plain one unless its strides say otherwise.
        if (pictures.size(1) == 1)
        {
            (long height, long width) = (pictures.size(2), pictures.size(3));
            return pictures.contiguous().as_strided(pictures.shape, [height * width, 1, width, 1]);
        }

        return pictures.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    }
}
