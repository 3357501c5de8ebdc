using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Conformance.TorchSharp.Tests;

// Seven steps from the same weights and gradients in PyTorch 1.13 (Debian's python3-torch, one thread) end at these weights.
public sealed class OptimizerReferenceTests
{
    private const int Steps = 7;
    private static readonly float[] Start = [1.0f, -2.0f, 0.5f, 3.0f, -0.25f, 0.125f, 2.5f, -1.5f, 0.75f];

    private static readonly Dictionary<string, Func<Parameter, optim.Optimizer>> Makers = new()
    {
        ["SGD(lr=0.1)"] = p => optim.SGD([p], 0.1),
        ["SGD(lr=0.1, momentum=0.9)"] = p => optim.SGD([p], 0.1, momentum: 0.9),
        ["SGD(lr=0.1, momentum=0.9, weight_decay=0.01)"] = p => optim.SGD([p], 0.1, momentum: 0.9, weight_decay: 0.01),
        ["SGD(lr=0.1, momentum=0.9, weight_decay=0.01, nesterov=True)"] =
            p => optim.SGD([p], 0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true),
        ["Adam(lr=0.05)"] = p => optim.Adam([p], lr: 0.05),
        ["Adam(lr=0.05, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.01)"] =
            p => optim.Adam([p], 0.05, beta1: 0.8, beta2: 0.95, eps: 1e-3, weight_decay: 0.01),
        ["AdamW(lr=0.05, weight_decay=0.05)"] = p => optim.AdamW([p], 0.05, weight_decay: 0.05),
        ["RMSprop(lr=0.01)"] = p => optim.RMSProp([p], 0.01),
        ["RMSprop(lr=0.01, alpha=0.9, eps=1e-4, momentum=0.9, weight_decay=0.01)"] =
            p => optim.RMSProp([p], 0.01, alpha: 0.9, eps: 1e-4, weight_decay: 0.01, momentum: 0.9),
        ["RMSprop(lr=0.01, alpha=0.9, momentum=0.9, centered=True)"] =
            p => optim.RMSProp([p], 0.01, alpha: 0.9, momentum: 0.9, centered: true),
    };

    public static TheoryData<string> Names => [.. Makers.Keys];

    [Theory]
    [InlineData("SGD(lr=0.1)", "1.29999995 -2 0.199999988 3.36249995 -0.462499976 0.0250000022 2.92499995 -1.92500007 0.850000024")]
    [InlineData(
        "SGD(lr=0.1, momentum=0.9)",
        "1.84892678 -1.37033951 -0.630191922 4.04917288 -0.546246111 -0.543696046 3.7494185 -3.03068376 0.754412472")]
    [InlineData(
        "SGD(lr=0.1, momentum=0.9, weight_decay=0.01)",
        "1.82309103 -1.33081317 -0.635866284 3.97632098 -0.543281496 -0.542032361 3.68691015 -2.98821354 0.739366949")]
    [InlineData(
        "SGD(lr=0.1, momentum=0.9, weight_decay=0.01, nesterov=True)",
        "2.03073478 -1.38909388 -0.820321858 4.21636677 -0.725728273 -0.572132468 3.97087097 -3.24668407 0.836653054")]
    [InlineData(
        "Adam(lr=0.05)",
        "1.25604284 -1.83018577 0.175092086 3.33980918 -0.235637397 -0.134449959 2.82776737 -1.78969479 0.660238683")]
    [InlineData(
        "Adam(lr=0.05, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.01)",
        "1.21679759 -1.84878016 0.180621803 3.34116626 -0.259970307 -0.114505664 2.82597613 -1.78269672 0.683923006")]
    [InlineData(
        "AdamW(lr=0.05, weight_decay=0.05)",
        "1.23716867 -1.79740393 0.168904915 3.28513813 -0.232239872 -0.134181604 2.78181744 -1.76141834 0.648849785")]
    [InlineData(
        "RMSprop(lr=0.01)",
        "1.34409952 -1.92226148 0.185754776 3.4566083 -0.32528621 -0.0679146945 2.90858722 -1.77846348 0.741842985")]
    [InlineData(
        "RMSprop(lr=0.01, alpha=0.9, eps=1e-4, momentum=0.9, weight_decay=0.01)",
        "1.19828081 -1.78301454 0.0850159153 3.53912139 -0.2579059 -0.223527908 2.97927022 -1.8472209 0.593785942")]
    [InlineData(
        "RMSprop(lr=0.01, alpha=0.9, momentum=0.9, centered=True)",
        "1.40564728 -1.76651001 0.0304950364 3.61256456 -0.252259433 -0.266679406 3.04385614 -1.88711762 0.576542377")]
    public void Step_SevenTimes_EndsAtPyTorchsWeights(string name, string expected)
    {
        using Parameter parameter = nn.Parameter(tensor(Start));
        using optim.Optimizer optimizer = Makers[name](parameter);

        for (int step = 1; step <= Steps; step++)
        {
            parameter.grad = tensor([.. Start.Select((_, i) => Gradient(i, step))]);
            optimizer.step();
        }

        float[] weights = parameter.detach().data<float>().ToArray();
        Assert.All(
            weights.Zip(expected.Split(' ')),
            pair => Assert.Equal(float.Parse(pair.Second, CultureInfo.InvariantCulture), pair.First, 1e-6f));
    }

    // A weight whose memory order is not its gradient's is stepped operation by operation, as PyTorch does it; one in the same order is
    // stepped in one pass over memory. Both must round alike.
    [Theory]
    [MemberData(nameof(Names))]
    public void Step_OtherMemoryOrder_GivesTheSameBits(string name)
    {
        manual_seed(3);
        using Tensor values = randn([13, 11]);
        using Parameter plain = nn.Parameter(values.clone());
        using Parameter strided = nn.Parameter(values.t().contiguous().t());
        using optim.Optimizer first = Makers[name](plain), second = Makers[name](strided);
        for (int step = 0; step < Steps; step++)
        {
            using Tensor gradient = randn([13, 11]);
            (plain.grad, strided.grad) = (gradient, gradient);
            first.step();
            second.step();

            Assert.True(plain.Equals(strided), $"They differ after step {step + 1}.");
        }
    }

    // torch.nn.utils.clip_grad_norm_([a, b], 2.0) in the same PyTorch.
    [Fact]
    public void ClipGradNorm_SmallAndLarge_EqualsPyTorch()
    {
        using Parameter a = nn.Parameter(zeros([5])), b = nn.Parameter(zeros([3, 40_000]));
        a.grad = tensor([3f, -1, 0.5f, 2, 4]);
        b.grad = tensor([.. Enumerable.Range(0, 120_000).Select(i => ((i % 7) - 3) / 8f)]).reshape(3, 40_000);

        double norm = nn.utils.clip_grad_norm_([a, b], 2.0);

        Assert.Equal(86.7765656, norm, 1e-4);
        float[] expected = [0.06914308667182922f, -0.02304769679903984f, 0.01152384839951992f, 0.04609539359807968f, 0.09219078719615936f];
        Assert.All(expected.Zip(a.grad!.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-7f));
        Assert.Equal(0.008642885833978653f, b.grad![2, 39_993].item<float>(), 1e-8f);
    }

    [Fact]
    public void ClipGradNorm_NotANumber_LeavesTheGradientsAsTheyAre()
    {
        using Parameter a = nn.Parameter(zeros([2]));
        a.grad = tensor([float.NaN, 3f]);

        double norm = nn.utils.clip_grad_norm_([a], 1.0);

        Assert.True(double.IsNaN(norm));
    }

    [Fact]
    public void RMSPropStateDict_SavedAndLoaded_ContinuesBitForBit()
    {
        using Parameter first = nn.Parameter(tensor(Start)), second = nn.Parameter(tensor(Start));
        using RMSProp original = optim.RMSProp([first], 0.1, alpha: 0.9, momentum: 0.9, centered: true), copy = optim.RMSProp([second], 0.5);
        Train(first, original);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) original.save_state_dict(writer);
        using (no_grad()) second.copy_(first);

        stream.Position = 0;
        using (var reader = new BinaryReader(stream)) copy.load_state_dict(reader);
        Train(first, original);
        Train(second, copy);

        Assert.True(first.Equals(second));
        Assert.Equal(0.9, Assert.IsAssignableFrom<optim.IMomentum>(Assert.Single(copy.ParamGroups)).Momentum);
    }

    private static void Train(Parameter parameter, optim.Optimizer optimizer)
    {
        for (int step = 1; step <= Steps; step++)
        {
            parameter.grad = tensor([.. Start.Select((_, i) => Gradient(i, step))]);
            optimizer.step();
        }
    }

    private static float Gradient(int element, int step) =>
        ((((element * 7) + (step * 5)) % 11) - 5) / 4f * (step % 2 == 1 ? 1 : -0.5f);
}
