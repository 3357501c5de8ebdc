using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Conformance.TorchSharp.Tests;

public sealed class TensorTests
{
    private static readonly float[] OneToSix = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void Operators_NumbersAndTensors_Compute()
    {
        using Tensor x = tensor([1f, 2f]);

        Assert.Equal([3f, 4f], (x + 2).data<float>().ToArray());
        Assert.Equal([1f, 0f], (2 - x).data<float>().ToArray());
        Assert.Equal([2f, 1f], (2 / x).data<float>().ToArray());
        Assert.Equal([1f, 8f], x.pow(3).data<float>().ToArray());
        Assert.Equal([false, true], (x > 1.5).data<bool>().ToArray());
    }

    [Fact]
    public void Indexing_Expressions_NameTheirElements()
    {
        using Tensor x = tensor(OneToSix, [2, 3]);

        Assert.Equal(6f, x[1, 2].item<float>());
        Assert.Equal([3f, 6f], x[TensorIndex.Colon, TensorIndex.Single(-1)].data<float>().ToArray());
        Assert.Equal([2f, 3f], x[0, 1..].data<float>().ToArray());
        Assert.Equal([4f, 5f, 6f], x[x > 3].data<float>().ToArray());
        Assert.Equal([1, 2, 3], x[TensorIndex.None, TensorIndex.Ellipsis].shape);
    }

    [Fact]
    public void Views_ShareMemory_CopiesDoNot()
    {
        using Tensor x = tensor(OneToSix, [2, 3]), view = x.t(), copy = x.clone();

        x[0, 1] = 9f;

        Assert.Equal([1f, 4, 9, 5, 3, 6], view.data<float>().ToArray());
        Assert.Equal(2f, copy[0, 1].item<float>());
        Assert.False(view.is_contiguous());
    }

    [Fact]
    public void Reductions_KnownTensor_GiveKnownNumbers()
    {
        using Tensor x = tensor(OneToSix, [2, 3]);

        Assert.Equal(21f, x.sum().item<float>());
        Assert.Equal([5f, 7, 9], x.sum(0L).data<float>().ToArray());
        Assert.Equal([2f, 5], x.mean([1L]).data<float>().ToArray());
        Assert.Equal([2L, 2], x.argmax(1).data<long>().ToArray());
        Assert.Equal(3.5, x.var().item<float>(), 1e-6);
        Assert.Equal([2f, 2, 2], x.histc(3, 1, 6).data<float>().ToArray());
        (Tensor values, Tensor indices) = x.flatten().topk(2);
        Assert.Equal([6f, 5], values.data<float>().ToArray());
        Assert.Equal([5L, 4], indices.data<long>().ToArray());
    }

    [Fact]
    public void Comparison_WithANumber_CountsAsPyTorchDoes()
    {
        // 1,000 numbers, so that vectors, their remainder and NaN all take part; counted with PyTorch 1.13.
        using Tensor x = arange(1000, dtype: ScalarType.Float32) / 100 - 5;
        x[TensorIndex.Slice(7, null, 100)] = float.NaN;

        Assert.Equal((496L, 495L), (x.le(0).count_nonzero().item<long>(), x.lt(0).count_nonzero().item<long>()));
        Assert.Equal((500L, 500L), (x.le(0.05).count_nonzero().item<long>(), x.reshape(10, 100).t().le(0.05).count_nonzero().item<long>()));
        Assert.Equal([1L, 2, 2], (tensor(OneToSix, [2, 3]) > 1.5).count_nonzero([0L]).data<long>().ToArray());
    }

    [Fact]
    public void Histogram_OfNumbersOnEdgesOutsideAndNaN_CountsTheFirstAndLastEdgeInside()
    {
        // PyTorch 2: histc(2, 0, 2), where NaN is in no bin; (1.13 on a CPU, without the NaN, gives the same).
        using Tensor x = tensor([-1f, 0, 0.5f, 1, 2, 2.5f, float.NaN, float.PositiveInfinity]);

        Assert.Equal([2f, 2], x.histc(2, 0, 2).data<float>().ToArray());
    }

    [Fact]
    public void Histogram_OfEverySecondNumberOfAColumn_EqualsThatOfACopy()
    {
        // (arange(1000) / 37 - 9)[1::3].histc(80, -10, 10) of PyTorch 1.13: 37 / 4 numbers per bin, of
        // which every third is taken; a fourth falls into every twelfth bin.
        using Tensor x = (arange(1000, dtype: ScalarType.Float32) / 37 - 9)[TensorIndex.Slice(1, null, 3)];

        float[] counts = x.histc(80, -10, 10).data<float>().ToArray();

        Assert.Equal([0f, 0, 0, 0, .. Enumerable.Range(4, 76).Select(bin => bin % 12 == 8 || bin == 79 ? 4f : 3)], counts);
        Assert.Equal(counts, x.reshape(37, 9).histc(80, -10, 10).data<float>().ToArray());
    }

    [Fact]
    public void SplitAndJoin_Parts_ComeBackTogether()
    {
        using Tensor x = arange(10);

        Assert.Equal([4L, 4, 2], x.split(4).Select(part => part.numel()));
        Assert.Equal([3L, 7], x.split([3L, 7]).Select(part => part.numel()));
        Assert.Equal(5, x.chunk(5).Length);
        Assert.True(cat(x.chunk(3)).Equals(x));
    }

    [Fact]
    public void Bytes_Contiguous_AreLive()
    {
        using Tensor x = zeros([2]);

        BitConverter.TryWriteBytes(x.bytes[4..], 1.5f);

        Assert.Equal([0f, 1.5f], x.data<float>().ToArray());
    }

    [Fact]
    public void Data_WrongType_IsRefused()
    {
        using Tensor x = zeros([2]);

        Assert.Throws<ArgumentException>(() => x.data<double>());
        Assert.Throws<ArgumentException>(() => x.item<float>());
    }

    [Fact]
    public void SaveAndLoad_Tensor_KeepsTypeShapeAndElements()
    {
        using Tensor x = tensor([1L, 2, 3, 4], [2, 2]);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) x.Save(writer);

        stream.Position = 0;
        using Tensor loaded = Tensor.Load(stream);

        Assert.Equal(ScalarType.Int64, loaded.dtype);
        Assert.True(loaded.Equals(x));
    }

    [Fact]
    public void FailedOperation_Shapes_ThrowsLibtorchsMessage()
    {
        using Tensor a = zeros([2, 3]), b = zeros([4, 5]);

        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => a.mm(b));

        Assert.Contains("shapes cannot be multiplied", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SetNumThreads_Number_IsWhatOperationsUse()
    {
        int before = get_num_threads();
        set_num_threads(2);
        Assert.Equal(2, get_num_threads());

        set_num_threads(before);
        Assert.Equal(before, get_num_threads());
    }

    [Fact]
    public void Storage_DataPointer_IsWhereTheMemoryBehindAViewBegins()
    {
        using Tensor whole = tensor(OneToSix), part = whole.narrow(0, 2, 3);
        using var storage = part.storage<float>();
        var read = new float[OneToSix.Length];

        System.Runtime.InteropServices.Marshal.Copy(storage.data_ptr(), read, 0, read.Length);

        Assert.Equal(OneToSix, read);
    }
}
