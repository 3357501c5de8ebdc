using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Contracts.Tests.TorchSharp;

/// <summary>Who owns a tensor.</summary>
public sealed class DisposeScopeTests
{
    /// <summary>
    /// Relied on by src/Trainer/Learning/TrainingThread.cs: all of a run's tensors are made on one thread, because a scope belongs to its
    /// thread and stays behind where an await goes on elsewhere.
    /// </summary>
    [Fact]
    public void Scope_OfAThread_IsNotSeenByAnother()
    {
        using DisposeScope scope = NewDisposeScope();
        DisposeScope? seen = scope;
        Tensor? elsewhere = null;
        var thread = new Thread(() => (seen, elsewhere) = (CurrentDisposeScope, ones(2)));
        thread.Start();
        thread.Join();

        Assert.Null(seen);
        Assert.False(scope.Contains(elsewhere!));
        Assert.Same(scope, CurrentDisposeScope);
        elsewhere!.Dispose();
    }
}
