using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules under names, in the order they were added.</summary>
    /// <typeparam name="T">The type of the modules.</typeparam>
    public class ModuleDict<T> : nn.Module, IEnumerable<(string, T)> where T : nn.Module
    {
        private readonly List<(string Name, T Module)> _list = [];

        /// <summary>Makes an empty dictionary.</summary>
        public ModuleDict()
            : base("ModuleDict")
        {
        }

        /// <summary>The number of modules.</summary>
        public int Count => _list.Count;

        /// <summary>The names in order.</summary>
        public ICollection<string> Keys => [.. _list.Select(entry => entry.Name)];

        /// <summary>The modules in order.</summary>
        public ICollection<T> Values => [.. _list.Select(entry => entry.Module)];

        /// <summary>The module of a name.</summary>
        /// <exception cref="KeyNotFoundException">There is none.</exception>
        public T this[string key]
        {
            get => TryGetValue(key, out T? module) ? module : throw new KeyNotFoundException($"There is no module '{key}'.");
            set
            {
                Remove(key);
                Add(key, value);
            }
        }

        /// <summary>The names in order.</summary>
        public IEnumerable<string> keys() => Keys;

        /// <summary>The modules in order.</summary>
        public IEnumerable<T> values() => Values;

        /// <summary>Adds a module under a name that is free.</summary>
        public void Add(string key, T value)
        {
            register_module(key, value);
            _list.Add((key, value));
        }

        /// <summary>Adds a module under a name that is free.</summary>
        public void Add((string, T) item) => Add(item.Item1, item.Item2);

        /// <summary>Whether a name is taken.</summary>
        public bool ContainsKey(string key) => _list.Exists(entry => entry.Name == key);

        /// <summary>Takes a module away.</summary>
        public bool Remove(string key)
        {
            register_module(key, null!);
            return _list.RemoveAll(entry => entry.Name == key) > 0;
        }

        /// <summary>The module of a name, if there is one.</summary>
        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
        {
            value = _list.Find(entry => entry.Name == key).Module;
            return value is not null;
        }

        /// <summary>Empties the dictionary.</summary>
        public void clear()
        {
            _list.Clear();
            ClearModules();
        }

        /// <summary>Names and modules in order.</summary>
        public IEnumerator<(string, T)> GetEnumerator() => _list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <inheritdoc/>
        protected override void RegisterComponents()
        {
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Modules under names.</summary>
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            /// <summary>Modules of one type under names.</summary>
            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                var dictionary = new ModuleDict<T>();
                foreach ((string, T) module in modules) dictionary.Add(module);
                return dictionary;
            }
        }
    }
}
