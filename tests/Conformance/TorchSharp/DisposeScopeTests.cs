using TorchSharp;
using static TorchSharp.torch;

namespace Granary.Conformance.TorchSharp.Tests;

public sealed class DisposeScopeTests
{
    [Fact]
    public void Scope_Disposed_DisposesItsTensors()
    {
        Tensor inside;
        using (NewDisposeScope())
        {
            inside = ones([2]);
            Assert.False(inside.IsInvalid);
        }

        Assert.True(inside.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => inside.Handle);
    }

    [Fact]
    public void MoveToOuter_InnerScopeDisposed_TensorLivesUntilTheOuterIs()
    {
        Tensor moved;
        using (DisposeScope outer = NewDisposeScope())
        {
            using (DisposeScope inner = NewDisposeScope())
            {
                moved = inner.MoveToOuter(ones([2]));
                Assert.Equal(0, inner.DisposablesCount);
            }

            Assert.False(moved.IsInvalid);
            Assert.True(outer.Contains(moved));
        }

        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void Detach_ScopeDisposed_TensorLives()
    {
        Tensor detached;
        using (DisposeScope scope = NewDisposeScope())
        {
            detached = scope.Detach(ones([2]));
        }

        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void Attach_TensorOfNobody_IsDisposedWithTheScope()
    {
        Tensor attached = ones([2]);
        using (DisposeScope scope = NewDisposeScope())
        {
            scope.Attach(attached);
        }

        Assert.True(attached.IsInvalid);
    }

    [Fact]
    public void DisposeEverythingBut_Kept_StaysInTheScope()
    {
        Tensor kept, other;
        using (DisposeScope scope = NewDisposeScope())
        {
            kept = ones([2]);
            other = ones([2]);
            scope.DisposeEverythingBut(kept);

            Assert.True(other.IsInvalid);
            Assert.False(kept.IsInvalid);
            Assert.Equal(1, scope.DisposablesCount);
        }

        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void MoveToOuterDisposeScope_OutermostScope_TensorBelongsToNobody()
    {
        Tensor moved;
        using (NewDisposeScope())
        {
            moved = ones([2]).MoveToOuterDisposeScope();
        }

        Assert.False(moved.IsInvalid);
        moved.Dispose();
    }

    [Fact]
    public void Dispose_TensorInScope_LeavesTheScope()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor first = ones([2]), second = ones([2]);

        first.Dispose();

        Assert.Equal(1, scope.DisposablesCount);
        Assert.Same(second, Assert.Single(scope.DisposablesView));
    }

    [Fact]
    public void WrappedTensorDisposeScope_Result_OutlivesWhatItWasMadeOf()
    {
        Tensor? between = null;
        using Tensor result = WrappedTensorDisposeScope(() =>
        {
            between = ones([2]) + 1;
            return between * 3;
        });

        Assert.True(between!.IsInvalid);
        Assert.Equal([6f, 6f], result.data<float>().ToArray());
    }

    [Fact]
    public void Scope_OtherThread_DoesNotOwnItsTensors()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? elsewhere = null;
        DisposeScope? seen = scope;

        var thread = new Thread(() => (seen, elsewhere) = (CurrentDisposeScope, ones([2])));
        thread.Start();
        thread.Join();

        Assert.Null(seen);
        Assert.False(scope.Contains(elsewhere!));
        elsewhere!.Dispose();
    }

    [Fact]
    public void CurrentDisposeScope_Nested_IsTheInnermost()
    {
        using DisposeScope outer = NewDisposeScope();
        using (DisposeScope inner = NewDisposeScope())
        {
            Assert.Same(inner, CurrentDisposeScope);
        }

        Assert.Same(outer, CurrentDisposeScope);
    }
}
