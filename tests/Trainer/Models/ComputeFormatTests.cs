using Granary.Trainer.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Tests.Models;

/// <summary>
/// Numbers 1 + k/1024 need rounding to bfloat16's 8 digits, some of them ties. Products of rounded ones have 16 binary digits and sums of
/// a few are exact in float32, whatever the order, so results by hand are exact.
/// </summary>
public sealed class ComputeFormatTests
{
    private static readonly ComputeFormat Half = new(ScalarType.BFloat16, ChannelsLast: false);
    private static readonly ComputeFormat Last = new(ScalarType.Float32, ChannelsLast: true);
    private static readonly ComputeFormat Both = new(ScalarType.BFloat16, ChannelsLast: true);

    public static TheoryData<string, int, int> Networks => new()
    {
        { "lenet-bn", 1, 28 },
        { "resnet18", 3, 32 },
        { "resnet18", 1, 64 },
        { "densenet-d2l", 1, 64 },
        { "densenet121", 3, 32 },
        { "googlenet", 3, 64 },
        { "mobilenet_v2", 3, 32 },
        { "simple-cnn", 1, 32 },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Forward_ConvolutionInBFloat16_IsRoundedByHand(bool channelsLast)
    {
        using DisposeScope scope = NewDisposeScope();
        using var layer = new ConvolutionLayer(2, 3, kernel: 3) { Format = new ComputeFormat(ScalarType.BFloat16, channelsLast) };
        float[] weights = Fill(layer.weight, 7, 1), biases = Fill(layer.bias!, 13, 2);
        float[] pixels = Numbers(2 * 5 * 5, 11, 3);

        Tensor output = layer.call(tensor(pixels).reshape(1, 2, 5, 5));

        float[] x = BFloat16.Round(pixels), w = BFloat16.Round(weights), b = BFloat16.Round(biases);
        Assert.NotEqual(pixels, x);
        var expected = new List<float>();
        for (int o = 0; o < 3; o++)
        {
            for (int place = 0; place < 9; place++)
            {
                double sum = b[o];
                for (int tap = 0; tap < 18; tap++)
                    sum += w[(o * 18) + tap] * (double)x[(tap / 9 * 25) + (((place / 3) + (tap % 9 / 3)) * 5) + (place % 3) + (tap % 3)];
                Assert.Equal(sum, (float)sum);
                expected.Add(BFloat16.Round((float)sum));
            }
        }

        Assert.Equal(ScalarType.BFloat16, output.dtype);
        Assert.Equal(expected, Floats(output));
    }

    [Fact]
    public void Forward_LinearInBFloat16_IsRoundedByHand()
    {
        using DisposeScope scope = NewDisposeScope();
        using var layer = new LinearLayer(6, 4) { Format = Half };
        float[] weights = Fill(layer.weight, 7, 1), biases = Fill(layer.bias, 13, 2);
        float[] inputs = Numbers(6, 11, 3);

        Tensor output = layer.call(tensor(inputs).reshape(1, 6));

        float[] x = BFloat16.Round(inputs), w = BFloat16.Round(weights), b = BFloat16.Round(biases);
        float[] sums = [.. Enumerable.Range(0, 4).Select(o => (float)Enumerable.Range(0, 6).Aggregate((double)b[o], (sum, i) => sum + (w[(6 * o) + i] * (double)x[i])))];
        Assert.Equal(BFloat16.Round(sums), Floats(output));
        Assert.NotEqual(sums, Floats(output));
    }

    [Fact]
    public void Backward_LinearInBFloat16_GivesFloat32GradientsOfRoundedNumbers()
    {
        using DisposeScope scope = NewDisposeScope();
        using var layer = new LinearLayer(3, 2) { Format = Half };
        float[] inputs = Numbers(3, 11, 3), weights = Fill(layer.weight, 7, 1);
        Tensor input = tensor(inputs).reshape(1, 3).requires_grad_();

        layer.call(input).to(ScalarType.Float32).sum().backward();

        float[] x = BFloat16.Round(inputs), w = BFloat16.Round(weights);
        Assert.Equal((ScalarType.Float32, ScalarType.Float32), (layer.weight.dtype, layer.weight.grad!.dtype));
        Assert.Equal([.. x, .. x], Floats(layer.weight.grad!));
        Assert.Equal([1f, 1], Floats(layer.bias.grad!));
        Assert.Equal(BFloat16.Round([w[0] + w[3], w[1] + w[4], w[2] + w[5]]), Floats(input.grad!));
    }

    // Autocast lists batch normalisation nowhere; its statistics must not be rounded: 4,096 numbers near 100 lie within one bfloat16 of each
    // other's mean.
    [Fact]
    public void Forward_NormalisationOfBFloat16_SumsInFloat32()
    {
        using DisposeScope scope = NewDisposeScope();
        using BatchNorm2d rounded = BatchNorm2d(1), plain = BatchNorm2d(1);
        Tensor input = (arange(4096).to(ScalarType.Float32).remainder(3) + 99).reshape(4, 1, 32, 32);

        Tensor output = rounded.call(input.bfloat16());
        Tensor expected = plain.call(input);

        Assert.Equal(BFloat16.Round(Floats(expected)), Floats(output));
        Assert.Equal(plain.running_mean!.item<float>(), rounded.running_mean!.item<float>(), 1e-5f);
        Assert.Equal(plain.running_var!.item<float>(), rounded.running_var!.item<float>(), 1e-5f);
    }

    [Fact]
    public void Use_BFloat16_IsWhatLayersHandOnAndLogitsAreNot()
    {
        using DisposeScope scope = NewDisposeScope();
        using Network network = ModelFactory.Create("lenet-bn", new(1, 10, 28)).Use(Half);
        var types = new List<ScalarType>();
        foreach (Stage stage in network.Stages)
            stage.Module.register_forward_hook((_, _, output) => Remember(output, () => types.Add(output.dtype)));

        Tensor logits = network.call(rand(4, 1, 28, 28));

        Assert.All(types, type => Assert.Equal(ScalarType.BFloat16, type));
        Assert.Equal(network.Stages.Count, types.Count);
        Assert.Equal(ScalarType.Float32, logits.dtype);
        Assert.All(network.state_dict().Values, value => Assert.NotEqual(ScalarType.BFloat16, value.dtype));
    }

    // With one channel both orders are the same bytes: only the strides tell libtorch which of them is meant.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Use_ChannelsLast_IsTheOrderBetweenLayersAndNotThatOfWeights(int channels)
    {
        using DisposeScope scope = NewDisposeScope();
        using Network network = ModelFactory.Create("resnet18", new(channels, 10, 64)).Use(Last);
        int looked = 0;
        foreach (Stage stage in network.Stages)
        {
            stage.Module.register_forward_hook((_, _, output) => Remember(output, () =>
            {
                if (output.dim() != 4 || output.size(2) == 1)
                    return;
                looked++;
                Assert.True(output.permute(0, 2, 3, 1).is_contiguous(), stage.Name);
                Assert.False(output.is_contiguous(), stage.Name);
            }));
        }

        functional.cross_entropy(network.call(rand(4, channels, 64, 64)), tensor([1L, 2, 3, 4])).backward();

        Assert.Equal(12, looked);
        // The optimizer, the gradients' buckets and the checkpoints read them row by row.
        Assert.All(network.parameters(), parameter => Assert.True(parameter.is_contiguous() && parameter.grad!.is_contiguous()));
    }

    // The same sums in another order: float32's 2^-24 a term, some hundred terms a sum, ten to a hundred layers.
    [Theory]
    [MemberData(nameof(Networks))]
    public void Use_ChannelsLast_GivesTheSameLogitsAndGradients(string name, int channels, int size) =>
        AssertClose(name, new(channels, 10, size), Last, ofLogits: 1e-4, ofGradients: 1e-3);

    // bfloat16 rounds each number by at most 2^-9; errors of layers are independent, and normalisation keeps them from growing.
    [Theory]
    [MemberData(nameof(Networks))]
    public void Use_BFloat16ChannelsLast_StaysNearTheLogits(string name, int channels, int size) =>
        AssertClose(name, new(channels, 10, size), Both, ofLogits: 0.1, ofGradients: null);

    private static void AssertClose(string name, ModelShape shape, ComputeFormat format, double ofLogits, double? ofGradients)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        using Network network = ModelFactory.Create(name, shape with { Width = 0.25 });
        network.eval();
        Tensor pictures = rand(8, shape.Channels, shape.Size, shape.Size);
        (Tensor expected, Tensor expectedGradient) = Compute(network, pictures);

        (Tensor logits, Tensor gradient) = Compute(network.Use(format), pictures);

        Assert.InRange(Distance(expected, logits), 0, ofLogits);
        if (ofGradients is { } bound)
            Assert.InRange(Distance(expectedGradient, gradient), 0, bound);
    }

    private static (Tensor Logits, Tensor Gradient) Compute(Network network, Tensor pictures)
    {
        network.zero_grad();
        Tensor logits = network.call(pictures);
        functional.cross_entropy(logits, arange(8)).backward();
        return (logits.detach(), cat([.. network.parameters().Select(parameter => parameter.grad!.reshape(-1))]).clone());
    }

    // Relative to the whole vector.
    private static double Distance(Tensor expected, Tensor actual) => ((actual - expected).norm() / expected.norm()).item<float>();

    private static Tensor Remember(Tensor output, Action look)
    {
        look();
        return output;
    }

    private static float[] Fill(Parameter parameter, int step, int start)
    {
        float[] values = Numbers((int)parameter.numel(), step, start);
        using (no_grad())
            parameter.copy_(tensor(values).reshape(parameter.shape));
        return values;
    }

    private static float[] Numbers(int count, int step, int start) =>
        [.. Enumerable.Range(0, count).Select(i => 1 + (((step * i) + start) % 64 / 1024f))];

    private static float[] Floats(Tensor values) => values.detach().to(ScalarType.Float32).contiguous().data<float>().ToArray();
}
