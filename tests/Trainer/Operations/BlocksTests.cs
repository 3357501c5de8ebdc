using Granary.Trainer.Models;
using TorchSharp;
using TorchSharp.Modules;
using static Granary.Trainer.Tests.Operations.ByHand;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Granary.Trainer.Tests.Operations;

/// <summary>
/// The blocks of the networks against their definitions written out with functions: residual, bottleneck, pre-activation and dense blocks
/// and the transition, of seed texts 003 and 004.
/// </summary>
public sealed class BlocksTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public BlocksTests() => manual_seed(10);

    public void Dispose() => _scope.Dispose();

    // Text 003: Residual(3, 3) keeps (4, 3, 6, 6); Residual(3, 6, use_1x1conv, strides=2) gives (4, 6, 3, 3).
    [Theory]
    [InlineData(3, 1, 6)]
    [InlineData(6, 2, 3)]
    public void Residual_IsTwoConvolutionsPlusTheInput(int outputs, int stride, long size)
    {
        using var block = new D2lResNets.Residual(3, outputs, stride);
        Tensor x = rand(4, 3, 6, 6);
        Func<string, Tensor> at = Named(block);

        Tensor y = Normalise(at, "bn1", F.conv2d(x, at("conv1.weight"), at("conv1.bias"), [stride], [1])).relu();
        y = Normalise(at, "bn2", F.conv2d(y, at("conv2.weight"), at("conv2.bias"), padding: [1]));
        Tensor shortcut = stride == 1 ? x : F.conv2d(x, at("conv3.weight"), at("conv3.bias"), [stride]);

        Tensor given = block.call(x);
        Assert.Equal([4, outputs, size, size], given.shape);
        AssertClose((y + shortcut).relu(), given, 1e-4);
    }

    // Texts 002 and 004: 1x1 narrows, 3x3 works, 1x1 widens to four times; 256 channels through 64.
    [Theory]
    [InlineData(256, 64, 256, 1, 1, 69_632)]
    [InlineData(64, 64, 256, 1, 1, 73_728)]
    [InlineData(256, 128, 512, 2, 1, 376_832)]
    [InlineData(256, 128, 256, 1, 32, 70_144)]
    public void Bottleneck_IsThreeConvolutionsPlusTheInput(int inputs, int width, int outputs, int stride, int groups, long weights)
    {
        using var block = new ResNets.Bottleneck(inputs, width, outputs, stride, groups);
        Tensor x = rand(2, inputs, 8, 8);
        Func<string, Tensor> at = Named(block);

        Tensor y = Normalise(at, "bn1", F.conv2d(x, at("conv1.weight"))).relu();
        y = Normalise(at, "bn2", F.conv2d(y, at("conv2.weight"), null, [stride], [1], null, groups)).relu();
        y = Normalise(at, "bn3", F.conv2d(y, at("conv3.weight")));
        Tensor shortcut = stride == 1 && inputs == outputs
            ? x
            : Normalise(at, "downsample.1", F.conv2d(x, at("downsample.0.weight"), null, [stride]));

        AssertClose((y + shortcut).relu(), block.call(x), 1e-4);
        Assert.Equal(weights, block.named_parameters().Where(named => named.parameter.dim() == 4).Sum(named => named.parameter.numel()));
    }

    [Fact]
    public void PreActivation_LeavesTheInputAloneOnItsWay()
    {
        // Text 003: BN-ReLU-convolution, and the sum is not activated: with the last convolution at zero the block is the identity.
        using var block = new PreResNets.PreActivation(8, [(8, 8, 3, 1), (8, 8, 3, 1)], 8, 1);
        using (no_grad())
            Named(block)("conv2.weight").zero_();
        Tensor x = randn(2, 8, 6, 6);

        AssertClose(x, block.call(x));
    }

    [Fact]
    public void DenseBlockAndTransition_GrowAndHalveAsTheTextPrints()
    {
        // Text 003: (4, 3, 8, 8) to (4, 23, 8, 8) with 2 layers of growth 10, then to (4, 10, 4, 4).
        using var block = new D2lDenseNets.DenseBlock(2, 3, 10);
        using var transition = new D2lDenseNets.Transition(23, 10);
        Tensor x = randn(4, 3, 8, 8);
        (Func<string, Tensor> at, Func<string, Tensor> end) = (Named(block), Named(transition));

        Tensor grown = x;
        foreach (string layer in (string[])["layer1", "layer2"])
        {
            Tensor active = Normalise(at, layer + ".norm", grown).relu();
            grown = cat([grown, F.conv2d(active, at(layer + ".conv.weight"), at(layer + ".conv.bias"), padding: [1])], 1);
        }

        Tensor dense = block.call(x);
        Assert.Equal([4L, 23, 8, 8], dense.shape);
        AssertClose(grown, dense, 1e-4);
        AssertClose(x, dense.narrow(1, 0, 3));

        Tensor narrowed = F.conv2d(Normalise(end, "norm", dense).relu(), end("conv.weight"), end("conv.bias"));
        Tensor halved = transition.call(dense);
        Assert.Equal([4L, 10, 4, 4], halved.shape);
        AssertClose(F.avg_pool2d(narrowed, 2, stride: 2), halved, 1e-4);
    }

    [Theory]
    [InlineData("resnet18")]
    [InlineData("resnet50")]
    [InlineData("densenet121")]
    [InlineData("mobilenet_v2")]
    public void Convolutions_BeforeBatchNorm_HaveNoBias(string model)
    {
        using Network network = ModelFactory.Create(model, new ModelShape(3, 10, 64));

        // Every convolution of these networks is normalised after it (text 003), so only their linear layers have a bias beside BN's shift.
        Assert.Empty(network.named_modules().Where(named => named.module is Conv2d { bias: not null }).Select(named => named.name));
    }

    private static Tensor Normalise(Func<string, Tensor> at, string name, Tensor x) =>
        F.batch_norm(x, null, null, at(name + ".weight"), at(name + ".bias"), training: true);

    private static Func<string, Tensor> Named(nn.Module block)
    {
        Dictionary<string, Tensor> state = block.state_dict();
        return name => state[name];
    }
}
