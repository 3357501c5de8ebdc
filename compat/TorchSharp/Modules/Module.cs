using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Networks.</summary>
    public static partial class nn
    {
        /// <summary>
        /// A part of a network: parameters, buffers and other modules under names. Names come from <see cref="RegisterComponents"/>, which
        /// takes the fields of a class, or from the register methods.
        /// </summary>
        public partial class Module : IDisposable
        {
            private readonly string _name;
            private bool _training = true;

            /// <summary>Makes a module.</summary>
            /// <param name="name">A name for people, not the name under which another module holds it.</param>
            protected Module(string name) => _name = name;

            /// <summary>Whether layers behave as in training: batch statistics, dropout.</summary>
            public virtual bool training => _training;

            /// <summary>Releases what the module holds, if nobody disposed it.</summary>
            ~Module() => Dispose(false);

            /// <summary>The name given to the constructor.</summary>
            public virtual string GetName() => _name;

            /// <summary>Sets this module and all below it to training, or to evaluation.</summary>
            public virtual void train(bool train = true)
            {
                _training = train;
                foreach ((_, Module module) in named_children()) module.train(train);
            }

            /// <summary>Sets this module and all below it to evaluation.</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls a function with every module below this one, then with this one.</summary>
            /// <returns>This module.</returns>
            public virtual Module apply(Action<Module> fn)
            {
                ArgumentNullException.ThrowIfNull(fn);
                foreach ((_, Module module) in named_children()) module.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Clears the gradients of all parameters: takes them away, or sets them to zero.</summary>
            public virtual void zero_grad(bool set_to_none = true) => GradientList.Zero([.. parameters()], set_to_none);

            /// <summary>Disposes the parameters, the buffers and the modules below.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes the parameters, the buffers and the modules below.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach ((_, Module module) in _modules) module.Dispose();
                foreach ((_, Parameter parameter) in _parameters) parameter.Dispose();
                foreach ((_, Tensor buffer, _) in _buffers) buffer.Dispose();
            }
        }
    }
}
