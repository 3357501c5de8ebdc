using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Contracts.Tests.TorchSharp;

/// <summary>The same seed gives the same run.</summary>
public sealed class RepeatTests
{
    /// <summary>
    /// Relied on by src/Trainer/Building/NetworkBuilder.cs: weights start as PyTorch's do. The numbers are those that
    /// <c>torch.manual_seed(0)</c> gives in PyTorch.
    /// </summary>
    [Fact]
    public void ManualSeed_Zero_GivesPyTorchsNumbers()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(0);
        float[] uniform = rand(3).data<float>().ToArray();
        manual_seed(0);
        float[] normal = randn(3).data<float>().ToArray();

        Assert.Equal(["0.4963", "0.7682", "0.0885"], uniform.Select(Four));
        Assert.Equal(["1.5410", "-0.2934", "-2.1788"], normal.Select(Four));
    }

    /// <summary>Relied on by the checkpoints: a resumed run ends with the bits of one that was never stopped, at a given thread count.</summary>
    [Fact]
    public void Training_WithTheSameSeed_EndsWithTheSameBits() => Assert.Equal(Train(), Train());

    /// <summary>
    /// Relied on by src/Trainer/Checkpoints/OptimizerSlot.cs: an optimizer's state is live, in the parameters' order, and can be replaced.
    /// </summary>
    [Fact]
    public void OptimizerState_CopiedIntoANewOptimizer_TakesTheSameNextStep()
    {
        using DisposeScope scope = NewDisposeScope();
        Linear layer = nn.Linear(3, 2);
        var optimizer = optim.Adam(layer.parameters(), lr: 0.1);
        Step(layer, optimizer, 1);
        Linear twin = nn.Linear(3, 2);
        twin.load_state_dict(layer.state_dict());
        var resumed = optim.Adam(twin.parameters(), lr: 0.1);

        foreach (var (from, to) in States(optimizer).Zip(States(resumed)))
        {
            to.step = from.step;
            to.exp_avg = from.exp_avg.clone();
            to.exp_avg_sq = from.exp_avg_sq.clone();
        }

        Step(layer, optimizer, 2);
        Step(twin, resumed, 2);

        Assert.Equal([2, 2], States(resumed).Select(state => state.step));
        Assert.Equal(States(resumed).Select(state => state.exp_avg.shape), layer.parameters().Select(parameter => parameter.shape));
        Assert.Equal(layer.weight.data<float>().ToArray(), twin.weight.data<float>().ToArray());
        Assert.Equal(layer.bias!.data<float>().ToArray(), twin.bias!.data<float>().ToArray());
    }

    private static IEnumerable<Adam.State> States(optim.Optimizer optimizer) =>
        ((OptimizerHelper)optimizer).state_dict().State.Cast<Adam.State>();

    private static void Step(nn.Module<Tensor, Tensor> layer, optim.Optimizer optimizer, int number)
    {
        optimizer.zero_grad();
        layer.call(full(4, 3, number * 0.5f)).square().sum().backward();
        optimizer.step();
    }

    private static float[] Train()
    {
        using DisposeScope scope = NewDisposeScope();
        int threads = get_num_threads();
        set_num_threads(1);
        manual_seed(7);
        var network = nn.Sequential(
            ("conv", nn.Conv2d(1, 8, 3)),
            ("norm", nn.BatchNorm2d(8)),
            ("relu", nn.ReLU()),
            ("flat", nn.Flatten()),
            ("out", nn.Linear(8 * 10 * 10, 10)));
        var optimizer = optim.SGD(network.parameters(), 0.1, momentum: 0.9);
        for (int step = 0; step < 5; step++)
        {
            optimizer.zero_grad();
            nn.functional.cross_entropy(network.call(rand(16, 1, 12, 12)), arange(16, ScalarType.Int64) % 10).backward();
            optimizer.step();
        }

        set_num_threads(threads);
        return [.. network.parameters().SelectMany(parameter => parameter.detach().data<float>().ToArray())];
    }

    private static string Four(float number) => number.ToString("F4", System.Globalization.CultureInfo.InvariantCulture);
}
