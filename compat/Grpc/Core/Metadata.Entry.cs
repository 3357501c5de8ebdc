using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with its value, which is ASCII text, or bytes when the key ends in <c>-bin</c>.</summary>
    public class Entry
    {
        // The characters that the gRPC specification allows in Custom-Metadata keys, and the upper case that is folded.
        private static readonly SearchValues<char> KeyCharacters =
            SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-.");

        private readonly string? _value;
        private readonly byte[]? _bytes;

        /// <summary>Makes a binary entry.</summary>
        /// <param name="key">A key that ends in <c>-bin</c>; kept in lower case.</param>
        /// <param name="valueBytes">The bytes; they are copied.</param>
        /// <exception cref="ArgumentException">The key is not valid or does not end in <c>-bin</c>.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = Normalize(key);
            if (!IsBinary)
            {
                throw new ArgumentException($"Metadata key '{key}' holds bytes, so it must end in '{BinaryHeaderSuffix}'.", nameof(key));
            }

            _bytes = valueBytes.AsSpan().ToArray();
        }

        /// <summary>Makes a text entry.</summary>
        /// <param name="key">A key that does not end in <c>-bin</c>; kept in lower case.</param>
        /// <param name="value">The text, ASCII.</param>
        /// <exception cref="ArgumentException">The key is not valid or ends in <c>-bin</c>.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = Normalize(key);
            if (IsBinary)
            {
                throw new ArgumentException($"Metadata key '{key}' holds text, so it must not end in '{BinaryHeaderSuffix}'.", nameof(key));
            }

            _value = value;
        }

        /// <summary>The key, in lower case.</summary>
        public string Key { get; }

        /// <summary>The bytes of a binary entry, or the ASCII bytes of a text entry; a copy each time.</summary>
        public byte[] ValueBytes => _bytes is null ? Encoding.ASCII.GetBytes(_value!) : _bytes.AsSpan().ToArray();

        /// <summary>The text of a text entry.</summary>
        /// <exception cref="InvalidOperationException">The entry is binary.</exception>
        public string Value => _value
            ?? throw new InvalidOperationException($"Metadata entry '{Key}' holds bytes. Read {nameof(ValueBytes)} instead.");

        /// <summary>True when the key ends in <c>-bin</c>.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>The value as it stands on the wire.</summary>
        internal string WireValue => _value ?? Convert.ToBase64String(_bytes!);

        /// <summary>Key and value for a log.</summary>
        /// <returns>The text.</returns>
        public override string ToString() => _value is null
            ? $"[Entry: key={Key}, valueBytes={Convert.ToBase64String(_bytes!)}]"
            : $"[Entry: key={Key}, value={_value}]";

        internal bool HasKey(string key) => Key.Equals(key, StringComparison.OrdinalIgnoreCase);

        internal static bool IsValidKey(string key) => key.Length > 0 && !key.AsSpan().ContainsAnyExcept(KeyCharacters);

        private static string Normalize(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            return IsValidKey(key)
                ? key.ToLowerInvariant()
                : throw new ArgumentException(
                    $"Metadata key '{key}' is not valid. Use letters, digits, '_', '-' and '.' only.", nameof(key));
        }
    }
}
