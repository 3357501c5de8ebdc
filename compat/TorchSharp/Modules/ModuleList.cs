using System.Collections;
using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A list of modules, named by their places when the list is registered.</summary>
    /// <typeparam name="T">The type of the modules.</typeparam>
    public class ModuleList<T> : nn.Module, IList<T> where T : nn.Module
    {
        private readonly List<T> _list = [];

        /// <summary>Makes a list.</summary>
        public ModuleList(params T[] modules)
            : base("ModuleList") => extend(modules);

        /// <summary>The number of modules.</summary>
        public int Count => _list.Count;

        /// <summary>Always false.</summary>
        public bool IsReadOnly => false;

        /// <summary>The module at a place.</summary>
        public T this[int index]
        {
            get => _list[index];
            set => Change(() => _list[index] = value);
        }

        /// <summary>Adds a module at the end.</summary>
        public void Add(T item)
        {
            register_module(_list.Count.ToString(CultureInfo.InvariantCulture), item);
            _list.Add(item);
        }

        /// <summary>Adds modules at the end.</summary>
        public void append(params T[] parameters) => extend(parameters);

        /// <summary>Adds modules at the end.</summary>
        public void extend(IEnumerable<T> modules)
        {
            foreach (T module in modules) Add(module);
        }

        /// <summary>Empties the list.</summary>
        public void Clear() => Change(_list.Clear);

        /// <summary>Whether the list has a module.</summary>
        public bool Contains(T item) => _list.Contains(item);

        /// <summary>Copies the list.</summary>
        public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

        /// <summary>The place of a module, or -1.</summary>
        public int IndexOf(T item) => _list.IndexOf(item);

        /// <summary>Adds a module at a place.</summary>
        public void Insert(int index, T item) => Change(() => _list.Insert(index, item));

        /// <summary>Takes a module away.</summary>
        public bool Remove(T item)
        {
            bool removed = false;
            Change(() => removed = _list.Remove(item));
            return removed;
        }

        /// <summary>Takes the module at a place away.</summary>
        public void RemoveAt(int index) => Change(() => _list.RemoveAt(index));

        /// <summary>The modules in order.</summary>
        public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <inheritdoc/>
        protected override void RegisterComponents()
        {
        }

        // Names are places, so a change anywhere but at the end renames what follows.
        private void Change(Action change)
        {
            change();
            ClearModules();
            for (int i = 0; i < _list.Count; i++) register_module(i.ToString(CultureInfo.InvariantCulture), _list[i]);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A list of modules.</summary>
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            /// <summary>A list of modules of one type.</summary>
            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);
        }
    }
}
