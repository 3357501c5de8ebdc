using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Contracts.Tests.TorchSharp;

/// <summary>When gradients are there, and in which memory.</summary>
public sealed class AutogradTests
{
    /// <summary>Relied on by src/Trainer/Parallel/GradientSignal.cs and GradientSums.cs: buckets leave while backward still runs.</summary>
    [Fact]
    public void PassThrough_InFrontOfALayer_TellsWhenThatLayersGradientsAreThereAndEarlierOnesAreNot()
    {
        using DisposeScope scope = NewDisposeScope();
        Linear early = nn.Linear(4, 4);
        Linear late = nn.Linear(4, 2);
        var seen = new List<(bool Early, bool Late, int Thread)>();
        Tensor between = early.call(ones(3, 4));

        Tensor passed = PassThrough.apply(
            between, () => seen.Add((early.weight.grad is not null, late.weight.grad is not null, Environment.CurrentManagedThreadId)));
        Assert.Equal(between.data<float>().ToArray(), passed.data<float>().ToArray());
        late.call(passed).sum().backward();

        Assert.Equal([(false, true, Environment.CurrentManagedThreadId)], seen);
        Assert.NotNull(early.weight.grad);
    }

    /// <summary>Relied on by src/Trainer/Parallel/GradientBucket.cs: a gradient that lies in the bucket is added to there.</summary>
    [Fact]
    public void Grad_SetToAView_IsAddedToInItsMemory()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor weight = tensor([1f, 2f], requires_grad: true);
        Tensor bucket = zeros(4);
        weight.grad = bucket.narrow(0, 2, 2).view(2);

        (weight * 3).sum().backward();
        (weight * 5).sum().backward();

        Assert.Equal([0f, 0f, 8f, 8f], bucket.data<float>().ToArray());
    }

    /// <summary>
    /// Relied on by src/Trainer/Insight/LayerWatch.cs and Models/Network.cs, which hook and call, and by Parallel/SyncBatchNorm.cs, whose
    /// hooks put their own tensors in the place of input and output.
    /// </summary>
    [Fact]
    public void Hooks_OfAModule_RunInCallButNotInForwardAndReplaceInputAndOutput()
    {
        using DisposeScope scope = NewDisposeScope();
        ReLU layer = nn.ReLU();
        var before = layer.register_forward_pre_hook((_, input) => input * 2);
        var after = layer.register_forward_hook((_, _, output) => output + 1);

        float called = layer.call(tensor(3f)).item<float>();
        float forwarded = layer.forward(tensor(3f)).item<float>();
        before.remove();
        after.remove();

        Assert.Equal((7f, 3f, 3f), (called, forwarded, layer.call(tensor(3f)).item<float>()));
    }
}
