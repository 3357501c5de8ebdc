using System.Collections;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a tensor in main memory in place, in the order of its axes.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly Tensor _tensor;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;
    private readonly unsafe T* _data;

    internal unsafe TensorAccessor(Tensor tensor)
    {
        ElementTypes.Require<T>(tensor.dtype);
        if (!tensor.is_cpu())
            throw new InvalidOperationException($"The elements are on {tensor.device}; move the tensor with cpu() before reading them.");
        _tensor = tensor;
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = _shape.TotalSize();
        if (Count > 0) _data = (T*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.RawBytes(1)));
    }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>Always false.</summary>
    public bool IsReadOnly => false;

    /// <summary>The element at a place, one index per axis.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such place.</exception>
    public unsafe T this[params long[] indices]
    {
        get => _data[Offset(indices)];
        set => _data[Offset(indices)] = value;
    }

    /// <summary>A copy of all elements.</summary>
    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array.AsSpan());
        return array;
    }

    /// <summary>A copy of all elements in an array with the tensor's axes.</summary>
    public Array ToNDArray()
    {
        if (_shape.Length <= 1) return ToArray();
        var array = Array.CreateInstance(typeof(T), _shape);
        if (Count > 0) CopyTo(MemoryMarshal.CreateSpan(ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length));
        return array;
    }

    /// <summary>Copies elements, beginning with the one at <paramref name="tensorIndex"/>, as many as there are and as fit.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyTo(T[], int, long)"/>
    public unsafe void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        Span<T> target = array[arrayIndex..];
        int count = (int)Math.Min(Count - tensorIndex, target.Length);
        if (count <= 0) return;
        if (_contiguous) new Span<T>(_data + tensorIndex, count).CopyTo(target);
        else for (int i = 0; i < count; i++) target[i] = _data[Offset(tensorIndex + i)];
        GC.KeepAlive(_tensor);
    }

    /// <summary>Overwrites elements, beginning with the one at <paramref name="tensorIndex"/>.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <inheritdoc cref="CopyFrom(T[], int, long)"/>
    public unsafe void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ReadOnlySpan<T> source = array[arrayIndex..];
        int count = (int)Math.Min(Count - tensorIndex, source.Length);
        if (count <= 0) return;
        if (_contiguous) source[..count].CopyTo(new Span<T>(_data + tensorIndex, count));
        else for (int i = 0; i < count; i++) _data[Offset(tensorIndex + i)] = source[i];
        GC.KeepAlive(_tensor);
    }

    /// <summary>The elements in order.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return At(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Does nothing: the tensor belongs to its holder.</summary>
    public void Dispose()
    {
    }

    private unsafe T At(long position) => _data[_contiguous ? position : Offset(position)];

    private long Offset(long position)
    {
        long offset = 0;
        for (int axis = _shape.Length - 1; axis >= 0; axis--)
        {
            (position, long index) = Math.DivRem(position, _shape[axis]);
            offset += index * _strides[axis];
        }

        return offset;
    }

    private long Offset(long[] indices)
    {
        if (indices.Length != _shape.Length)
            throw new IndexOutOfRangeException($"The tensor has {_shape.Length} axes, but {indices.Length} indices were given.");
        long offset = 0;
        for (int axis = 0; axis < indices.Length; axis++)
        {
            if ((ulong)indices[axis] >= (ulong)_shape[axis])
                throw new IndexOutOfRangeException($"Index {indices[axis]} of axis {axis} is outside its length {_shape[axis]}.");
            offset += indices[axis] * _strides[axis];
        }

        return offset;
    }
}
