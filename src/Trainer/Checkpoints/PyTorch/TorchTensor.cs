namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>A tensor as torch writes it: a view of a storage, and known to lie within it.</summary>
internal sealed class TorchTensor
{
    // No network has more, and it bounds the work that a few bytes can ask for.
    private const int MaxDimensions = 16;

    private readonly object?[] _sizes;
    private readonly object?[] _strides;

    private TorchTensor(TorchStorage storage, long offset, object?[] sizes, object?[] strides) =>
        (Storage, Offset, _sizes, _strides) = (storage, offset, sizes, strides);

    /// <summary>Where its elements lie.</summary>
    public TorchStorage Storage { get; }

    /// <summary>The first element's place there.</summary>
    public long Offset { get; }

    /// <summary>Its dimensions.</summary>
    // Many tensors may name one tuple of the file: each array is made only while it is used.
    public long[] Sizes => Numbers(_sizes);

    /// <summary>Elements of the storage from one place to the next, per dimension.</summary>
    public long[] Strides => Numbers(_strides);

    /// <summary>What <c>torch._utils._rebuild_tensor_v2</c> makes of (storage, offset, sizes, strides, ...).</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="PickleFormatException">They are not a tensor within its storage.</exception>
    public static TorchTensor Rebuild(object?[] arguments)
    {
        if (arguments is not [TorchStorage storage, long offset, object?[] sizes, object?[] strides, ..])
            throw new PickleFormatException("a tensor whose arguments are not (storage, offset, sizes, strides, ...)");
        if (sizes.Length != strides.Length || sizes.Length > MaxDimensions)
        {
            throw new PickleFormatException(
                $"a tensor of {sizes.Length} sizes and {strides.Length} strides; expected as many, and at most {MaxDimensions}");
        }

        var tensor = new TorchTensor(storage, offset, sizes, strides);
        tensor.CheckBounds();
        return tensor;
    }

    private void CheckBounds()
    {
        (long[] sizes, long[] strides) = (Sizes, Strides);
        string shown = $"a tensor [{string.Join(", ", sizes)}] with strides [{string.Join(", ", strides)}] from element {Offset} on";
        try
        {
            // The product is not needed here, but whoever copies the tensor relies on its fitting.
            _ = sizes.Aggregate((long)Storage.Type.Bytes, (product, size) => checked(product * Math.Max(size, 1)));
            long span = sizes.Contains(0) ? 0 : checked(sizes.Zip(strides, (size, stride) => checked((size - 1) * stride)).Sum() + 1);
            if (Offset < 0 || checked(Offset + span) > Storage.Elements)
            {
                throw new PickleFormatException(
                    $"{shown}, which does not lie within the {Storage.Elements} elements of its storage {Storage.Key}");
            }
        }
        catch (OverflowException)
        {
            throw new PickleFormatException($"{shown}, which is too large to be one");
        }
    }

    private static long[] Numbers(object?[] values)
    {
        var numbers = new long[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            numbers[i] = values[i] is long and >= 0 and var number
                ? number
                : throw new PickleFormatException(
                    $"a tensor with {values[i] ?? "None"} among its sizes or strides; expected integers from 0 on");
        }

        return numbers;
    }
}
