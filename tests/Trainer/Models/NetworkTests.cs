using Granary.Trainer.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Granary.Trainer.Tests.Models;

public sealed class NetworkTests
{
    [Fact]
    public void StateDict_OfDottedStages_HasTheirNames()
    {
        using Network network = ModelFactory.Create("resnet18-d2l", new(1, 10, 32));

        Dictionary<string, Tensor> state = network.state_dict();

        Assert.Equal([64L, 1, 7, 7], state["conv1.weight"].shape);
        Assert.Equal([64L], state["layer1.0.conv1.bias"].shape);
        Assert.Equal([128L, 64, 1, 1], state["layer2.0.conv3.weight"].shape);
        Assert.Equal([512L], state["layer4.1.bn2.running_var"].shape);
        Assert.Equal([10L, 512], state["fc.weight"].shape);
        Assert.DoesNotContain("layer1.0.conv3.weight", state.Keys);
        // Mean, variance and count of each of the 17 batch normalisations besides the parameters.
        Assert.Equal(network.parameters().Count() + (17 * 3), state.Count);
    }

    [Fact]
    public void Forward_WithHooksOnStages_CallsThemInOrder()
    {
        using DisposeScope scope = NewDisposeScope();
        using Network network = ModelFactory.Create("lenet-relu", new(1, 10, 28));
        var seen = new List<string>();
        foreach (Stage stage in network.Stages)
        {
            stage.Module.register_forward_hook((_, _, output) =>
            {
                seen.Add(stage.Name);
                return output;
            });
        }

        network.call(zeros(1, 1, 28, 28));

        Assert.Equal(network.Stages.Select(stage => stage.Name), seen);
    }

    [Fact]
    public void Backward_ThroughAllStages_ReachesEveryParameter()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        using Network network = ModelFactory.Create("densenet-d2l", new(1, 10, 32));

        functional.cross_entropy(network.call(rand(4, 1, 32, 32)), tensor(new long[] { 0, 1, 2, 3 })).backward();

        Assert.All(network.named_parameters(), named => Assert.True(named.parameter.grad is not null, named.name));
    }

    [Fact]
    public void KaimingUniform_LeNetRelu_KeepsToTheBoundAndZeroesBiases()
    {
        // He et al.: uniform in +-sqrt(6 / fan-in); conv2 has fan-in 6*5*5 = 150, so 0.2.
        manual_seed(0);
        using Network network = ModelFactory.Create("lenet-relu", new(1, 10, 28));
        float[] weights = network.state_dict()["conv2.weight"].data<float>().ToArray();

        Assert.InRange(weights.Max(Math.Abs), 0.19, 0.2);
        Assert.All(network.state_dict()["conv2.bias"].data<float>().ToArray(), bias => Assert.Equal(0, bias));
    }
}
