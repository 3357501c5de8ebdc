using Granary.Specs;
using Granary.Trainer.Checkpoints;
using Granary.Trainer.Learning;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Checkpoints;

public sealed class TensorStateTests
{
    [Theory]
    [InlineData("sgd", "momentum")]
    [InlineData("adam", "step,exp_avg,exp_avg_sq")]
    [InlineData("adamw", "step,exp_avg,exp_avg_sq")]
    [InlineData("rmsprop", "step,square_avg,momentum_buffer")]
    public void Restore_AfterThreeSteps_GoesOnBitForBit(string optimizer, string kept)
    {
        TrainSpec train = new() { Optimizer = optimizer, LearningRate = 0.05, Momentum = 0.9, WeightDecay = 0.01 };
        manual_seed(1);
        using Sequential original = Model(), copy = Model();
        using optim.Optimizer first = Optimizers.Create(train, original.parameters()), second = Optimizers.Create(train, copy.parameters());
        Train(original, first, steps: 3);

        IReadOnlyDictionary<string, TensorData> captured = TensorState.Capture(original, first);
        TensorState.Restore(captured, copy, second);
        Train(original, first, steps: 3);
        Train(copy, second, steps: 3);

        string[] names = ["head.weight", "head.bias"];
        Assert.Equal(
            kept.Split(',').SelectMany(slot => names.Select(name => $"optimizer.{slot}.{name}")).Order(),
            captured.Keys.Where(name => name.StartsWith("optimizer.", StringComparison.Ordinal)).Order());
        IReadOnlyDictionary<string, TensorData> expected = TensorState.Capture(original, first);
        IReadOnlyDictionary<string, TensorData> actual = TensorState.Capture(copy, second);
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, tensor => Assert.True(
            tensor.Value.Data.Span.SequenceEqual(actual[tensor.Key].Data.Span), $"{tensor.Key} differs"));
    }

    [Fact]
    public void Restore_CheckpointOfAnotherOptimizer_TakesTheWeightsAlone()
    {
        TrainSpec train = new() { Optimizer = "sgd", LearningRate = 0.05, Momentum = 0.9 };
        using Sequential original = Model(), copy = Model();
        using optim.Optimizer sgd = Optimizers.Create(train, original.parameters());
        using optim.Optimizer adam = Optimizers.Create(train with { Optimizer = "adam" }, copy.parameters());
        Train(original, sgd, steps: 1);

        TensorState.Restore(TensorState.Capture(original, sgd), copy, adam);

        Assert.DoesNotContain(TensorState.Capture(copy, adam).Keys, name => name.StartsWith("optimizer.", StringComparison.Ordinal));
        Assert.True(original.parameters().Zip(copy.parameters()).All(pair => pair.First.Equals(pair.Second)));
    }

    // The body is frozen: the optimizer does not know it.
    private static Sequential Model()
    {
        Linear body = nn.Linear(4, 3);
        foreach (Parameter parameter in body.parameters())
            parameter.requires_grad = false;
        return nn.Sequential(("body", body), ("head", nn.Linear(3, 2)));
    }

    private static void Train(Sequential model, optim.Optimizer optimizer, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            model.call(arange(8, ScalarType.Float32).reshape(2, 4)).pow(2).sum().backward();
            optimizer.step();
        }
    }
}
