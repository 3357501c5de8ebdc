using System.Globalization;
using TorchSharp;
using TorchSharp.Modules;
using static Granary.Trainer.Tests.Operations.ByHand;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Granary.Trainer.Tests.Operations;

/// <summary>Edges by a given and by a learned kernel: seed texts 003 ("edge detection", "learning a kernel") and 000 ("top edge").</summary>
public sealed class EdgeDetectionTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Correlate_BlackAndWhite_FindsBothVerticalEdges()
    {
        Tensor edges = Correlate(BlackAndWhite(), tensor([1f, -1], [1, 2]));

        Assert.Equal([6L, 7], edges.shape);
        Assert.All(Enumerable.Range(0, 6), row => Assert.Equal([0f, 1, 0, 0, 0, -1, 0], edges[row].Values()));
    }

    [Fact]
    public void Correlate_Transposed_FindsNothing()
    {
        Tensor edges = Correlate(BlackAndWhite().t(), tensor([1f, -1], [1, 2]));

        Assert.Equal([8L, 5], edges.shape);
        Assert.All(edges.Values(), value => Assert.Equal(0, value));
    }

    // The text does not print its first kernel. The steps are linear in the kernel's error, so its printed last kernel leads back to this
    // one, within the digits that the text prints.
    [Fact]
    public void GradientDescent_TenStepsOfTheText_GivesThePrintedLossesAndKernel()
    {
        Tensor x = BlackAndWhite().view(1, 1, 6, 8);
        Tensor y = Correlate(BlackAndWhite(), tensor([1f, -1], [1, 2])).view(1, 1, 6, 7);
        using Conv2d layer = nn.Conv2d(1, 1, (1, 2), bias: false);
        using (no_grad())
            layer.weight.copy_(tensor([-0.2932f, 0.1872f], [1, 1, 1, 2]));

        string[] losses = [.. Enumerable.Range(0, 10).Select(_ => Step(layer, x, y).ToString("f3", CultureInfo.InvariantCulture))];

        Assert.Equal(["7.668", "1.313", "0.231", "0.043", "0.009"], losses.Where((_, i) => i % 2 == 1));
        Assert.Equal(
            ["0.9800", "-0.9914"], layer.weight.detach().Values().Select(value => value.ToString("f4", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void GradientDescent_FromAnyDrawnKernel_ComesNearTheEdgeDetector(long seed)
    {
        manual_seed(seed);
        Tensor x = BlackAndWhite().view(1, 1, 6, 8);
        Tensor y = Correlate(BlackAndWhite(), tensor([1f, -1], [1, 2])).view(1, 1, 6, 7);
        using Conv2d layer = nn.Conv2d(1, 1, (1, 2), bias: false);
        for (int step = 0; step < 10; step++)
            Step(layer, x, y);

        // A step multiplies the error's parts by 1 - 0.06 * 30 and 1 - 0.06 * 6: those are the eigenvalues of X'X.
        AssertClose(tensor([1f, -1], [1, 1, 1, 2]), layer.weight.detach(), 0.2);
    }

    [Fact]
    public void TopEdgeKernel_OnADigit_AnswersAtTopEdgesOnly()
    {
        // A seven with strokes of 254, three pixels thick: its bar in rows 5 to 7, its stem in columns 15 to 17.
        Tensor digit = zeros(28, 28);
        digit.narrow(0, 5, 3).narrow(1, 6, 12).fill_(254);
        digit.narrow(0, 8, 12).narrow(1, 15, 3).fill_(254);
        Tensor top = tensor([-1f, -1, -1, 0, 0, 0, 1, 1, 1], [3, 3]);

        Tensor edges = Correlate(digit, top);

        // The text's own answer at a top edge is 762: three pixels of 254 below three of 0.
        Assert.Equal(762, edges[4, 8].item<float>());
        Assert.Equal(762, (digit.narrow(0, 4, 3).narrow(1, 8, 3) * top).sum().item<float>());
        Assert.Equal(-762, edges[7, 8].item<float>());
        Assert.Equal(0, edges[12, 15].item<float>());
        AssertClose(edges.view(1, 1, 26, 26), F.conv2d(digit.view(1, 1, 28, 28), top.view(1, 1, 3, 3)));
    }

    [Theory]
    [InlineData(0, 26)]
    [InlineData(1, 28)]
    public void FourEdgeKernels_OnABatchOf64_GiveFourMapsEach(int padding, long size)
    {
        // Text 000: (64, 1, 28, 28) with (4, 1, 3, 3) gives (64, 4, 26, 26); padding 1 keeps 28.
        Tensor maps = F.conv2d(rand(64, 1, 28, 28), rand(4, 1, 3, 3), padding: [padding]);

        Assert.Equal([64L, 4, size, size], maps.shape);
    }

    private static float Step(Conv2d layer, Tensor x, Tensor y)
    {
        Tensor loss = (layer.call(x) - y).pow(2).sum();
        layer.zero_grad();
        loss.backward();
        using (no_grad())
            layer.weight.sub_(layer.weight.grad! * 0.03);
        return loss.item<float>();
    }

    // 6x8: white at the sides, black in the four middle columns.
    private static Tensor BlackAndWhite()
    {
        Tensor image = ones(6, 8);
        image.narrow(1, 2, 4).zero_();
        return image;
    }
}
