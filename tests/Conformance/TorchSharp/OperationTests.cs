using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Granary.Conformance.TorchSharp.Tests;

// Expected values are those printed in chapters 6.2 to 6.5 of the d2l book, as the seed notes quote them.
public sealed class OperationTests
{
    private static readonly float[] Zero2Eight = [0, 1, 2, 3, 4, 5, 6, 7, 8];

    [Fact]
    public void Conv2d_OneChannel_GivesTheCrossCorrelation()
    {
        using Tensor x = tensor(Zero2Eight, [1, 1, 3, 3]), k = tensor([0f, 1, 2, 3], [1, 1, 2, 2]);

        using Tensor y = F.conv2d(x, k);

        Assert.Equal([1, 1, 2, 2], y.shape);
        Assert.Equal([19f, 25, 37, 43], y.data<float>().ToArray());
    }

    [Fact]
    public void Conv2d_TwoChannels_SumsOverThem()
    {
        using Tensor x = TwoChannels(), k = TwoChannelKernel().unsqueeze(0);

        using Tensor y = F.conv2d(x, k);

        Assert.Equal([56f, 72, 104, 120], y.data<float>().ToArray());
    }

    [Fact]
    public void Conv2d_ThreeOutputs_OnePerKernel()
    {
        using Tensor x = TwoChannels(), k = TwoChannelKernel(), kernels = stack([k, k + 1, k + 2]);

        using Tensor y = F.conv2d(x, kernels);

        Assert.Equal([1, 3, 2, 2], y.shape);
        Assert.Equal([56f, 72, 104, 120, 76, 100, 148, 172, 96, 128, 192, 224], y.data<float>().ToArray());
    }

    [Fact]
    public void Conv2d_EdgeDetector_FindsTheEdgesOfOneDirectionOnly()
    {
        using Tensor image = ones([6, 8]);
        image[.., 2..6] = 0f;
        using Tensor kernel = tensor([1f, -1f], [1, 1, 1, 2]);

        using Tensor edges = F.conv2d(image.view(1, 1, 6, 8), kernel);
        using Tensor none = F.conv2d(image.t().contiguous().view(1, 1, 8, 6), kernel);

        Assert.Equal([0f, 1, 0, 0, 0, -1, 0], edges[0, 0, 3].data<float>().ToArray());
        Assert.False(none.any().item<bool>());
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 28)]
    [InlineData(3, 26)]
    public void Conv2d_Dilation_ShrinksByTheKernelsReach(long dilation, long expected)
    {
        using nn.Module<Tensor, Tensor> layer = nn.Conv2d(3, 4, 3, dilation: dilation);
        using Tensor x = zeros([1, 3, 32, 32]);

        Assert.Equal([1, 4, expected, expected], layer.call(x).shape);
    }

    [Theory]
    [InlineData(PaddingModes.Zeros)]
    [InlineData(PaddingModes.Reflect)]
    [InlineData(PaddingModes.Replicate)]
    [InlineData(PaddingModes.Circular)]
    public void Conv2d_PaddingMode_PutsThatBeyondTheBorder(PaddingModes mode)
    {
        // A kernel that copies its upper left neighbour: the first row and column come from beyond the border.
        using var layer = nn.Conv2d(1, 1, 3, padding: 1, padding_mode: mode, bias: false);
        using (no_grad())
        {
            layer.weight.zero_();
            layer.weight[0, 0, 0, 0] = 1f;
        }

        using Tensor y = layer.call(tensor(Zero2Eight, [1, 1, 3, 3]));

        float corner = mode switch { PaddingModes.Reflect => 4, PaddingModes.Circular => 8, _ => 0 };
        float above = mode switch { PaddingModes.Reflect => 3, PaddingModes.Replicate => 0, PaddingModes.Circular => 6, _ => 0 };
        Assert.Equal([corner, above], y[0, 0, 0].detach().data<float>().ToArray()[..2]);
        Assert.Equal(4f, y[0, 0, 2, 2].item<float>());
    }

    [Fact]
    public void Conv2d_SamePadding_KeepsTheSize()
    {
        using var layer = nn.Conv2d(2, 3, 5, Padding.Same);
        using Tensor x = zeros([1, 2, 9, 9]);

        Assert.Equal([1, 3, 9, 9], layer.call(x).shape);
    }

    [Fact]
    public void ConvTranspose2d_StrideTwo_DoublesTheSize()
    {
        using var layer = nn.ConvTranspose2d(16, 32, 4, stride: 2, padding: 1);
        using Tensor x = zeros([1, 16, 8, 8]);

        Assert.Equal([16, 32, 4, 4], layer.weight.shape);
        Assert.Equal([1, 32, 16, 16], layer.call(x).shape);
    }

    [Fact]
    public void Pooling_TwoByTwo_GivesMaximaAndMeans()
    {
        using Tensor x = tensor(Zero2Eight, [1, 1, 3, 3]);

        Assert.Equal([4f, 5, 7, 8], F.max_pool2d(x, 2, stride: 1).data<float>().ToArray());
        Assert.Equal([2f, 3, 5, 6], F.avg_pool2d(x, 2, stride: 1).data<float>().ToArray());
    }

    [Fact]
    public void MaxPool2d_PaddingAndStride_GivesTheBooksValues()
    {
        using Tensor x = arange(16, dtype: ScalarType.Float32).view(1, 1, 4, 4);

        Assert.Equal([10f], F.max_pool2d(x, 3).data<float>().ToArray());
        Assert.Equal([5f, 7, 13, 15], nn.MaxPool2d(3, padding: 1, stride: 2).call(x).data<float>().ToArray());
        Assert.Equal([5f, 7, 13, 15], nn.MaxPool2d((2, 3), stride: (2, 3), padding: (0, 1)).call(x).data<float>().ToArray());
    }

    [Fact]
    public void AdaptivePooling_ToOne_IsTheMeanAndTheMaximum()
    {
        using Tensor x = tensor(Zero2Eight, [1, 1, 3, 3]);

        Assert.Equal(4f, nn.AdaptiveAvgPool2d(1).call(x).item<float>());
        Assert.Equal(8f, nn.AdaptiveMaxPool2d([1, 1]).call(x).item<float>());
    }

    [Fact]
    public void BatchNorm2d_TrainAndEval_FollowsTheFormula()
    {
        using var layer = nn.BatchNorm2d(2);
        using Tensor x = arange(16, dtype: ScalarType.Float32).view(2, 2, 2, 2);
        using Tensor mean = x.mean([0L, 2, 3], keepdim: true), variance = x.var([0L, 2, 3], unbiased: false, keepdim: true);

        using Tensor trained = layer.call(x);
        Assert.True(trained.allclose((x - mean) / (variance + 1e-5).sqrt(), atol: 1e-6));

        // One step of the running statistics: 0.1 of the mean, and 0.9 + 0.1 of the unbiased variance.
        using Tensor unbiased = x.var([0L, 2, 3], unbiased: true);
        Assert.True(layer.running_mean!.allclose(mean.flatten() * 0.1));
        Assert.True(layer.running_var!.allclose((unbiased * 0.1) + 0.9));
        Assert.Equal(1, layer.num_batches_tracked!.item<long>());

        layer.eval();
        using Tensor evaluated = layer.call(x);
        Assert.True(evaluated.allclose(
            (x - layer.running_mean!.view(1, 2, 1, 1)) / (layer.running_var!.view(1, 2, 1, 1) + 1e-5).sqrt(), atol: 1e-6));
    }

    [Fact]
    public void CrossEntropy_KnownLogits_GivesTheFormulasValue()
    {
        // -log(e^2 / (e^1 + e^2 + e^3)) = 1.4076 (rounded).
        using Tensor logits = tensor([1f, 2, 3], [1, 3]), target = tensor([1L]);

        Assert.Equal(Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3)) - 2, F.cross_entropy(logits, target).ToDouble(), 1e-6);
        Assert.Equal(F.cross_entropy(logits, target).ToSingle(), nn.CrossEntropyLoss().call(logits, target).ToSingle());
    }

    [Fact]
    public void Dropout_TrainingAndEvaluation_ScalesOrPassesOn()
    {
        manual_seed(1);
        using var layer = nn.Dropout(0.25);
        using Tensor x = ones([10_000]);

        using Tensor dropped = layer.call(x);
        float[] values = dropped.data<float>().ToArray();
        Assert.All(values, value => Assert.True(value == 0 || Math.Abs(value - (1 / 0.75f)) < 1e-6));
        Assert.InRange(values.Count(value => value == 0), 2_200, 2_800);

        layer.eval();
        Assert.True(layer.call(x).Equals(x));
    }

    [Fact]
    public void Interpolate_Bilinear_AveragesBetween()
    {
        using Tensor x = tensor([0f, 2, 4, 6], [1, 1, 2, 2]);

        using Tensor y = F.interpolate(x, size: [3, 3], mode: InterpolationMode.Bilinear, align_corners: true);

        Assert.Equal([0f, 1, 2, 2, 3, 4, 4, 5, 6], y.data<float>().ToArray());
    }

    [Fact]
    public void OneHotAndPad_Examples_GiveExpectedLayouts()
    {
        Assert.Equal([0L, 1, 0, 1, 0, 0], F.one_hot(tensor([1L, 0]), 3).data<long>().ToArray());
        Assert.Equal([9f, 1, 2, 9, 9], F.pad(tensor([1f, 2]), (1, 2), value: 9).data<float>().ToArray());
    }

    private static Tensor TwoChannels()
    {
        using Tensor first = tensor(Zero2Eight, [3, 3]);
        return stack([first, first + 1]).unsqueeze(0);
    }

    private static Tensor TwoChannelKernel()
    {
        using Tensor first = tensor([0f, 1, 2, 3], [2, 2]);
        return stack([first, first + 1]);
    }
}
