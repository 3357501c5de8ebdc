using Granary.Trainer.Parallel;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Granary.Trainer.Tests.Parallel;

// loss = 2 a0 + 3 a1 + 5 b: its gradients are known without a derivation.
public sealed class GradientBucketTests : IDisposable
{
    private static readonly float[] Slopes = [2, 3, 5];

    private readonly Parameter _a = new(zeros(2), requires_grad: true);
    private readonly Parameter _b = new(zeros(1), requires_grad: true);

    [Fact]
    public void Values_AfterBackward_HoldTheGradientsWithoutACopy()
    {
        using var bucket = new GradientBucket([_a, _b]);

        Backward();

        Assert.Equal(Slopes, bucket.Values.ToArray());
    }

    [Fact]
    public void Values_SecondBackward_AddsToTheFirst()
    {
        using var bucket = new GradientBucket([_a, _b]);

        Backward();
        Backward();

        Assert.Equal([4, 6, 10], bucket.Values.ToArray());
    }

    [Fact]
    public void Fill_GradientThatSomebodyReplaced_IsCopiedInAndAViewAgainOncePublished()
    {
        using var bucket = new GradientBucket([_a, _b]);
        Backward();
        _a.grad = full([2], 7f);

        bucket.Fill();
        Assert.Equal([7, 7, 5], bucket.Values.ToArray());

        bucket.Publish();
        bucket.Values.Span[0] = 11;
        Assert.Equal([11, 7], _a.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Fill_ParameterWithoutGradient_CountsAsZero()
    {
        using var bucket = new GradientBucket([_a, _b]);
        Backward();
        _b.grad = null;

        bucket.Fill();

        Assert.Equal([2, 3, 0], bucket.Values.ToArray());
    }

    [Fact]
    public void Dispose_LeavesNoGradientInItsMemory()
    {
        var bucket = new GradientBucket([_a, _b]);
        Backward();

        bucket.Dispose();

        Assert.Null(_a.grad);
        Backward();
        Assert.Equal([2, 3], _a.grad!.data<float>().ToArray());
    }

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }

    private void Backward()
    {
        using var scope = NewDisposeScope();
        ((_a * tensor(Slopes[..2])).sum() + (_b * Slopes[2]).sum()).backward();
    }
}
