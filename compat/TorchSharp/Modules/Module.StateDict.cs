namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Parameters and persistent buffers by full name: the tensors themselves, not copies.</summary>
            /// <param name="destination">The dictionary to add to; a new one when null.</param>
            /// <param name="prefix">What the names begin with, without the dot.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach ((string name, Modules.Parameter parameter) in _parameters) destination.TryAdd(start + name, parameter);
                foreach ((string name, Tensor buffer, bool persistent) in _buffers)
                {
                    if (persistent) destination.TryAdd(start + name, buffer);
                }

                foreach ((string name, Module child) in named_children()) child.state_dict(destination, start + name);
                return destination;
            }

            /// <summary>Copies tensors into those of the same names.</summary>
            /// <param name="source">Tensors by full name.</param>
            /// <param name="strict">Whether both sides must have the same names.</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <returns>The names that only this module has, and those that only the source has.</returns>
            /// <exception cref="InvalidOperationException">The names differ and <paramref name="strict"/> is set.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(source);
                Dictionary<string, Tensor> own = state_dict();
                List<string> missing = [.. own.Keys.Where(name => !source.ContainsKey(name) && !Skipped(name))];
                List<string> unexpected = [.. source.Keys.Where(name => !own.ContainsKey(name) && !Skipped(name))];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"The loaded state_dict is not identical to the target dictionary. Missing: {Few(missing)}; unexpected: {Few(unexpected)}.");
                }

                using IDisposable guard = no_grad();
                foreach ((string name, Tensor tensor) in source)
                {
                    if (!Skipped(name) && own.TryGetValue(name, out Tensor? target)) target.copy_(tensor);
                }

                return (missing, unexpected);

                bool Skipped(string name) => skip?.Contains(name) ?? false;
            }

            /// <summary>Writes the state dictionary to a file, in upstream's format.</summary>
            /// <returns>This module.</returns>
            public Module save(string location, IList<string>? skip = null)
            {
                using FileStream stream = File.Create(location);
                return save(stream, skip);
            }

            /// <summary>Writes the state dictionary.</summary>
            /// <returns>This module.</returns>
            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes the state dictionary; the stream is closed.</summary>
            /// <returns>This module.</returns>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            /// <summary>Writes tensors by name: their number, then each name and tensor.</summary>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(writer);
                ArgumentNullException.ThrowIfNull(sd);
                KeyValuePair<string, Tensor>[] entries = [.. sd.Where(entry => !(skip?.Contains(entry.Key) ?? false))];
                TensorExtensionMethods.WriteLeb128(writer, entries.Length);
                foreach ((string name, Tensor tensor) in entries)
                {
                    writer.Write(name);
                    tensor.Save(writer);
                }
            }

            /// <summary>Reads a file that <see cref="save(string, IList{string})"/> wrote.</summary>
            /// <returns>This module.</returns>
            public virtual Module load(
                string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using FileStream stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            /// <summary>Reads a state dictionary into this module.</summary>
            /// <param name="reader">The source.</param>
            /// <param name="strict">Whether both sides must have the same names.</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <param name="loadedParameters">Gets every name of the source, and whether this module has it.</param>
            /// <returns>This module.</returns>
            /// <exception cref="ArgumentException">The names differ and <paramref name="strict"/> is set, or a shape or type differs.</exception>
            public virtual Module load(
                BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                ArgumentNullException.ThrowIfNull(reader);
                Dictionary<string, Tensor> own = state_dict();
                long entries = TensorExtensionMethods.ReadLeb128(reader);
                if (strict && entries != own.Count)
                    throw new ArgumentException($"Mismatched state_dict sizes: expected {own.Count}, but found {entries} entries.");
                for (long i = 0; i < entries; i++)
                {
                    string name = reader.ReadString();
                    bool found = own.TryGetValue(name, out Tensor? target);
                    if (strict && !found)
                        throw new ArgumentException($"Mismatched module state names: this module has no parameter or buffer '{name}'.");
                    if (found && !(skip?.Contains(name) ?? false)) target!.Load(reader);
                    else TensorExtensionMethods.Load(reader, skip: true);
                    loadedParameters?.Add(name, found);
                }

                return this;
            }

            /// <summary>Reads a state dictionary into this module; the stream is closed.</summary>
            /// <returns>This module.</returns>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            private static string Few(List<string> names) =>
                names.Count == 0 ? "none" : string.Join(", ", names.Take(5)) + (names.Count > 5 ? $" and {names.Count - 5} more" : "");
        }
    }
}
