using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules in a row: each gets the result of the one before. Results between are disposed as soon as the next is there.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private nn.IModule<Tensor, Tensor>[] _row = [];

        /// <summary>Modules under names.</summary>
        protected Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
            : base(nameof(Sequential))
        {
            foreach ((string name, nn.Module<Tensor, Tensor> submodule) in modules) append(name, submodule);
        }

        /// <summary>Modules named by their places.</summary>
        protected Sequential(params nn.Module<Tensor, Tensor>[] modules)
            : base(nameof(Sequential))
        {
            foreach (nn.Module<Tensor, Tensor> module in modules) append(module);
        }

        /// <summary>The number of modules.</summary>
        public int Count => _row.Length;

        /// <summary>The module at a place.</summary>
        public nn.IModule<Tensor, Tensor> this[int index] => _row[index];

        /// <summary>Adds a module at the end.</summary>
        /// <returns>This module.</returns>
        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            register_module(name, (nn.Module)module);
            _row = [.. _row, module];
            return this;
        }

        /// <summary>Adds a module at the end, named by its place.</summary>
        /// <returns>This module.</returns>
        public Sequential append(nn.IModule<Tensor, Tensor> module) => append(Count.ToString(CultureInfo.InvariantCulture), module);

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor)
        {
            if (_row.Length == 0) return tensor.alias();
            Tensor current = tensor;
            foreach (nn.IModule<Tensor, Tensor> module in _row)
            {
                Tensor next = module.call(current);
                // A module may hand its input on, or a hook may have kept a result in a scope of its own.
                if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next)) current.Dispose();
                current = next;
            }

            return current;
        }

        /// <inheritdoc/>
        protected override void RegisterComponents()
        {
        }

        internal static Sequential Of(IEnumerable<(string Name, nn.Module<Tensor, Tensor> Module)> modules) => new([.. modules]);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>An empty row, for <see cref="Sequential.append(IModule{Tensor, Tensor})"/>.</summary>
            public static Sequential Sequential() => Modules.Sequential.Of([]);

            /// <summary>Modules in a row, under names.</summary>
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) =>
                Modules.Sequential.Of(modules);

            /// <summary>Modules in a row, named by their places.</summary>
            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
                Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            /// <summary>Modules in a row, under names.</summary>
            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) =>
                Modules.Sequential.Of(modules);

            /// <summary>Modules in a row, named by their places.</summary>
            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) =>
                Modules.Sequential.Of(modules.Select((module, place) => (place.ToString(CultureInfo.InvariantCulture), module)));
        }
    }
}
