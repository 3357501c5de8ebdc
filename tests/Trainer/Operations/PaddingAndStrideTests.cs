using TorchSharp;
using static Granary.Trainer.Tests.Operations.ByHand;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Granary.Trainer.Tests.Operations;

/// <summary>Sizes, padding modes, dilation and receptive fields: seed texts 001, 003 and 000.</summary>
public sealed class PaddingAndStrideTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    // floor((n + 2p - d(k - 1) - 1) / s) + 1
    [Theory]
    [InlineData(32, 3, 0, 1, 1, 30)] // 001: without padding
    [InlineData(32, 3, 1, 1, 1, 32)] // 001: padding 1 keeps the size
    [InlineData(32, 3, 1, 2, 1, 16)] // 001: stride 2
    [InlineData(32, 3, 1, 3, 1, 11)] // 001: stride 3
    [InlineData(32, 3, 0, 1, 2, 28)] // 001: dilation 2
    [InlineData(32, 3, 0, 1, 3, 26)] // 001: dilation 3
    [InlineData(8, 3, 1, 1, 1, 8)] // 003
    [InlineData(8, 3, 1, 2, 1, 4)] // 003
    [InlineData(28, 3, 1, 2, 1, 14)] // 000
    [InlineData(224, 11, 1, 4, 1, 54)] // 003: AlexNet's first layer
    [InlineData(7, 4, 2, 3, 2, 2)]
    public void OutputSize_IsTheFormulas(int size, int kernel, int padding, int stride, int dilation, int expected)
    {
        using var layer = nn.Conv2d(1, 1, kernel, stride, padding, dilation);

        Assert.Equal([1L, 1, expected, expected], layer.call(zeros(1, 1, size, size)).shape);
    }

    [Fact]
    public void OutputSize_TallKernel_IsKeptByItsOwnPadding()
    {
        // Text 003: kernel (5, 3) with padding (2, 1) keeps 8x8.
        using var layer = nn.Conv2d(1, 1, (5, 3), padding: (2, 1));

        Assert.Equal([1L, 1, 8, 8], layer.call(zeros(1, 1, 8, 8)).shape);
    }

    [Fact]
    public void Same_OddAndEvenKernels_KeepTheSizeAndPadTheEndMore()
    {
        // Text 001: 3x3 'same' on 32x32 gives (1, 64, 32, 32).
        using var odd = nn.Conv2d(3, 64, 3, Padding.Same);
        Assert.Equal([1L, 64, 32, 32], odd.call(zeros(1, 3, 32, 32)).shape);

        // PyTorch 1.13 puts the odd one out at the end: 1+2, 2+3, 3+4, 4+0.
        using var even = nn.Conv2d(1, 1, (1, 2), Padding.Same, bias: false);
        using (no_grad())
            even.weight.fill_(1);
        Assert.Equal([3f, 5, 7, 4], even.call(tensor([1f, 2, 3, 4], [1, 1, 1, 4])).Values());
    }

    [Fact]
    public void Same_Dilated_KeepsTheSize()
    {
        using var layer = nn.Conv2d(1, 1, 3, Padding.Same, dilation: 3);

        Assert.Equal([1L, 1, 10, 10], layer.call(zeros(1, 1, 10, 10)).shape);
    }

    [Fact]
    public void Same_WithAStride_IsRefused()
    {
        // Text 001: 'same' works with stride 1 only.
        Exception refusal = Assert.ThrowsAny<Exception>(() => nn.Conv2d(1, 1, 3, Padding.Same, stride: 2).call(zeros(1, 1, 8, 8)));

        Assert.Contains("strided convolutions", refusal.Message, StringComparison.Ordinal);
    }

    // What text 001 names, with PyTorch 1.13's values: the row 1 2 3 4, two places on each side.
    [Theory]
    [InlineData(PaddingModes.Zeros, "0 0 1 2 3 4 0 0")]
    [InlineData(PaddingModes.Reflect, "3 2 1 2 3 4 3 2")]
    [InlineData(PaddingModes.Replicate, "1 1 1 2 3 4 4 4")]
    [InlineData(PaddingModes.Circular, "3 4 1 2 3 4 1 2")]
    public void PaddingMode_Row_LaysTheBorder(PaddingModes mode, string expected)
    {
        // A kernel that is 1 in its middle shows the padded row itself, where the row is padded for a wider kernel.
        using var layer = nn.Conv2d(1, 1, (1, 1), padding: (0, 2), padding_mode: mode, bias: false);
        using (no_grad())
            layer.weight.fill_(1);

        Assert.Equal(expected, string.Join(' ', layer.call(tensor([1f, 2, 3, 4], [1, 1, 1, 4])).Values()));
    }

    [Theory]
    [InlineData(PaddingModes.Zeros)]
    [InlineData(PaddingModes.Reflect)]
    [InlineData(PaddingModes.Replicate)]
    [InlineData(PaddingModes.Circular)]
    public void PaddingMode_ThreeByThree_KeepsTheSizeAndTheMiddle(PaddingModes mode)
    {
        manual_seed(5);
        using var layer = nn.Conv2d(3, 64, 3, padding: 1, padding_mode: mode);
        Tensor x = randn(1, 3, 32, 32);

        Tensor padded = layer.call(x);

        // Away from the border, padding makes no difference.
        Assert.Equal([1L, 64, 32, 32], padded.shape);
        AssertClose(F.conv2d(x, layer.weight, layer.bias), padded.narrow(2, 1, 30).narrow(3, 1, 30), 1e-4);
    }

    [Theory]
    [InlineData(1, 3)] // 001: dilation 1, 2 and 3 see 3x3, 5x5 and 7x7
    [InlineData(2, 5)]
    [InlineData(3, 7)]
    public void ReceptiveField_Dilated_IsTheTexts(int dilation, long expected) =>
        Assert.Equal(expected, ReceptiveField([(3, 1, dilation)]));

    [Fact]
    public void ReceptiveField_VggExample_Is16()
    {
        // 001 prints 12 for this example, which its own formula does not give: r = 1 + sum of (k - 1) * product of the strides before.
        Assert.Equal(16, ReceptiveField([(3, 1, 1), (3, 1, 1), (2, 2, 1), (3, 1, 1), (3, 1, 1), (2, 2, 1)]));
    }

    [Theory]
    [InlineData(1, 3)] // 000: five 3x3 convolutions of stride 2
    [InlineData(2, 7)]
    [InlineData(3, 15)]
    [InlineData(4, 31)]
    [InlineData(5, 63)]
    public void ReceptiveField_StrideTwo_DoublesAndOne(int layers, long expected) =>
        Assert.Equal(expected, ReceptiveField([.. Enumerable.Repeat((3, 2, 1), layers)]));

    [Theory]
    [InlineData(2, 5)] // 001: two 3x3 convolutions see 5x5, three see 7x7
    [InlineData(3, 7)]
    public void ReceptiveField_StackedThreeByThree_IsThatOfAGreaterKernel(int layers, long expected) =>
        Assert.Equal(expected, ReceptiveField([.. Enumerable.Repeat((3, 1, 1), layers)]));

    // Measured: how many columns of the input have a gradient from one place of the output.
    private static long ReceptiveField((int Kernel, int Stride, int Dilation)[] layers)
    {
        Tensor x = ones([1, 1, 1, 200], requires_grad: true);
        Tensor y = x;
        foreach ((int kernel, int stride, int dilation) in layers)
            y = F.conv2d(y, ones(1, 1, 1, kernel), strides: [1, stride], dilation: [1, dilation]);
        y[0, 0, 0, y.shape[3] / 2].backward();
        long[] seen = x.grad!.view(200).nonzero().view(-1).data<long>().ToArray();
        return seen[^1] - seen[0] + 1;
    }
}
