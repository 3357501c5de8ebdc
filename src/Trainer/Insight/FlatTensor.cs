using static TorchSharp.torch;

namespace Granary.Trainer.Insight;

/// <summary>A tensor's numbers in the order they have in memory.</summary>
internal static class FlatTensor
{
    /// <summary>One row of all numbers; a view, without a copy, for either of the usual memory formats.</summary>
    /// <param name="values">The tensor.</param>
    public static Tensor Of(Tensor values)
    {
        if (values.is_contiguous())
            return values.view(-1);
        if (values.dim() == 4 && values.permute(0, 2, 3, 1) is var channelsLast && channelsLast.is_contiguous())
            return channelsLast.view(-1);
        return values.reshape(-1);
    }

    /// <summary>The squared Euclidean norm, as a float32 scalar.</summary>
    /// <param name="values">The tensor.</param>
    public static Tensor SquaredNorm(Tensor values)
    {
        Tensor flat = Of(values).to(ScalarType.Float32);
        return flat.dot(flat);
    }
}
