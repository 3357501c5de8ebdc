using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters with their names, own ones first; those below under <c>child.name</c>. Each once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                AllParameters(recurse).DistinctBy(entry => entry.parameter, ReferenceEqualityComparer.Instance);

            /// <summary>The parameters, own ones first.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(entry => entry.parameter);

            /// <summary>The buffers with their names, own ones first.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true) =>
                AllBuffers(recurse, include_nonpersistent).DistinctBy(entry => entry.buffer, ReferenceEqualityComparer.Instance);

            /// <summary>The buffers, own ones first.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            /// <summary>The modules directly below, with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _modules;

            /// <summary>The modules directly below.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(entry => entry.module);

            /// <summary>All modules below with their names, the direct ones first; not this one.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach ((string name, Module module) child in named_children()) yield return child;
                foreach ((string name, Module child) in named_children())
                {
                    foreach ((string below, Module module) in child.named_modules()) yield return ($"{name}.{below}", module);
                }
            }

            /// <summary>All modules below; not this one.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            /// <summary>The parameter of that full name, or null.</summary>
            public virtual Parameter? get_parameter(string target)
            {
                (Module? owner, string name) = Find(target);
                return owner?._parameters.Find(entry => entry.Name == name).Parameter;
            }

            /// <summary>The buffer of that full name, or null.</summary>
            public virtual Tensor? get_buffer(string target)
            {
                (Module? owner, string name) = Find(target);
                return owner?._buffers.Find(entry => entry.Name == name).Buffer;
            }

            /// <summary>Whether there is a parameter of that full name.</summary>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>Whether there is a buffer of that full name.</summary>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            private IEnumerable<(string name, Parameter parameter)> AllParameters(bool recurse)
            {
                foreach ((string Name, Parameter Parameter) own in _parameters) yield return own;
                if (!recurse) yield break;
                foreach ((string name, Module child) in named_children())
                {
                    foreach ((string below, Parameter parameter) in child.AllParameters(true)) yield return ($"{name}.{below}", parameter);
                }
            }

            private IEnumerable<(string name, Tensor buffer)> AllBuffers(bool recurse, bool includeNonPersistent)
            {
                foreach ((string name, Tensor buffer, bool persistent) in _buffers)
                {
                    if (persistent || includeNonPersistent) yield return (name, buffer);
                }

                if (!recurse) yield break;
                foreach ((string name, Module child) in named_children())
                {
                    foreach ((string below, Tensor buffer) in child.AllBuffers(true, includeNonPersistent)) yield return ($"{name}.{below}", buffer);
                }
            }

            private (Module? Owner, string Name) Find(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                Module? owner = this;
                int dot;
                while ((dot = target.IndexOf('.', StringComparison.Ordinal)) >= 0)
                {
                    string child = target[..dot];
                    owner = owner.named_children().FirstOrDefault(entry => entry.name == child).module;
                    if (owner is null) return (null, target);
                    target = target[(dot + 1)..];
                }

                return (owner, target);
            }
        }
    }
}
