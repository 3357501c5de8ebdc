using System.Runtime.InteropServices;

namespace Granary.Trainer.Checkpoints.PyTorch;

/// <summary>Brings a view's elements into row-major order.</summary>
internal static class StridedElements
{
    /// <summary>A view's elements in row-major order: a part of its storage where they lie so, else a copy.</summary>
    /// <param name="storage">The storage's bytes.</param>
    /// <param name="tensor">The view; within the storage.</param>
    public static ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> storage, TorchTensor tensor)
    {
        (long[] sizes, long[] strides, int bytes) = (tensor.Sizes, tensor.Strides, tensor.Storage.Type.Bytes);
        int length = (int)(Elements(sizes) * bytes);
        if (IsContiguous(sizes, strides))
            return storage.Slice((int)tensor.Offset * bytes, length);
        byte[] target = GC.AllocateUninitializedArray<byte>(length);
        switch (bytes)
        {
            case sizeof(byte):
                Copy<byte>(storage.Span, target, tensor.Offset, sizes, strides);
                break;
            case sizeof(ushort):
                Copy<ushort>(storage.Span, target, tensor.Offset, sizes, strides);
                break;
            case sizeof(uint):
                Copy<uint>(storage.Span, target, tensor.Offset, sizes, strides);
                break;
            default:
                Copy<ulong>(storage.Span, target, tensor.Offset, sizes, strides);
                break;
        }

        return target;
    }

    /// <summary>How many elements a tensor has.</summary>
    public static long Elements(long[] sizes) => sizes.Aggregate(1L, (product, size) => product * size);

    private static bool IsContiguous(long[] sizes, long[] strides)
    {
        long expected = 1;
        for (int i = sizes.Length - 1; i >= 0; i--)
        {
            if (sizes[i] != 1 && strides[i] != expected)
                return sizes.Contains(0);
            expected *= sizes[i];
        }

        return true;
    }

    // An odometer over all dimensions but the last, which is one loop.
    private static void Copy<T>(ReadOnlySpan<byte> storage, Span<byte> target, long offset, long[] sizes, long[] strides)
        where T : unmanaged
    {
        ReadOnlySpan<T> source = MemoryMarshal.Cast<byte, T>(storage);
        Span<T> rows = MemoryMarshal.Cast<byte, T>(target);
        int last = sizes.Length - 1;
        var index = new long[last];
        long start = offset;
        for (int place = 0; place < rows.Length;)
        {
            for (long i = 0; i < sizes[last]; i++)
                rows[place++] = source[(int)(start + (i * strides[last]))];
            for (int axis = last - 1; axis >= 0; axis--)
            {
                start += strides[axis];
                if (++index[axis] < sizes[axis])
                    break;
                start -= sizes[axis] * strides[axis];
                index[axis] = 0;
            }
        }
    }
}
