using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private readonly List<(string Name, Parameter Parameter)> _parameters = [];
            private readonly List<(string Name, Tensor Buffer, bool Persistent)> _buffers = [];
            private readonly List<(string Name, Module Module)> _modules = [];
            private bool _registered;

            /// <summary>
            /// Registers the fields of this object that hold modules, parameters and other tensors (these as buffers), under their names or
            /// the ones <see cref="ComponentNameAttribute"/> gives. Call it at the end of a constructor.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (_registered) return;
                foreach (FieldInfo field in Fields(GetType()))
                {
                    string name = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    if (IsRegistered(name)) continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(name, tensor);
                            break;
                        default:
                            break;
                    }
                }

                _registered = true;
            }

            /// <summary>Adds a module under a name without dots.</summary>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(name);
                if (submodule is null)
                {
                    _modules.RemoveAll(entry => entry.Name == name);
                    return;
                }

                if (name.Length == 0 || name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"A module's name must not be empty or contain '.': '{name}'.", nameof(name));
                if (_modules.Exists(entry => entry.Name == name))
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                submodule.RegisterComponents();
                _modules.Add((name, submodule));
            }

            /// <inheritdoc cref="register_module"/>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Adds a parameter under a name.</summary>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                if (_parameters.Exists(entry => entry.Name == name))
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
                _parameters.Add((name, param));
            }

            /// <summary>Adds a tensor that is part of the state but not trained.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="tensor">The tensor.</param>
            /// <param name="persistent">Whether it belongs to the state dictionary.</param>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (_buffers.Exists(entry => entry.Name == name))
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
                _buffers.Add((name, tensor, persistent));
            }

            /// <summary>Forgets the modules below.</summary>
            protected void ClearModules() => _modules.Clear();

            // A replaced tensor of a field keeps its place among the others.
            internal void Replace(string name, Parameter? value)
            {
                int place = _parameters.FindIndex(entry => entry.Name == name);
                if (value is null && place >= 0) _parameters.RemoveAt(place);
                else if (value is not null && place >= 0) _parameters[place] = (name, value);
                else if (value is not null) _parameters.Add((name, value));
            }

            private bool IsRegistered(string name) =>
                _modules.Exists(entry => entry.Name == name) || _parameters.Exists(entry => entry.Name == name)
                || _buffers.Exists(entry => entry.Name == name);

            private static IEnumerable<FieldInfo> Fields(Type type)
            {
                const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
                for (Type? level = type; level is not null && level != typeof(Module); level = level.BaseType)
                {
                    foreach (FieldInfo field in level.GetFields(Own)) yield return field;
                }
            }
        }
    }
}
