namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a function keeps from its forward for its backward.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data = [];
            private Tensor[] _saved = [];

            internal List<Tensor> Dirty { get; private set; } = [];

            internal List<Tensor> NonDifferentiable { get; private set; } = [];

            /// <summary>Whether backward gets zeros instead of null for outputs without a gradient.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            /// <summary>Keeps tensors for backward; once, in forward.</summary>
            public void save_for_backward(List<Tensor> tensors)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                Release();
                _saved = [.. tensors.Select(tensor => tensor.alias().DetachFromDisposeScope())];
            }

            /// <summary>Keeps something that is not a tensor.</summary>
            public void save_data(string key, object value) => _data[key] = value;

            /// <summary>Names the inputs that forward changed in place.</summary>
            public void mark_dirty(List<Tensor> tensors) => Dirty = [.. tensors];

            /// <summary>Names the outputs that have no gradient.</summary>
            public void mark_non_differentiable(List<Tensor> tensors) => NonDifferentiable = [.. tensors];

            /// <summary>Sets whether backward gets zeros instead of null for outputs without a gradient; at first it does.</summary>
            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            /// <summary>The tensors kept by <see cref="save_for_backward"/>, new references.</summary>
            public List<Tensor> get_saved_variables() => [.. _saved.Select(tensor => tensor.alias())];

            /// <summary>What was kept under a key, or null.</summary>
            public object? get_data(string key) => _data.GetValueOrDefault(key);

            /// <summary>Releases what was kept.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Releases what was kept.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (disposing) Release();
            }

            private void Release()
            {
                foreach (Tensor tensor in _saved) tensor.Dispose();
                _saved = [];
            }
        }
    }
}
