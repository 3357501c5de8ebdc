using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Granary.Trainer.Checkpoints;

/// <summary>
/// Writes safetensors (https://huggingface.co/docs/safetensors): the header's length as 8 little-endian bytes, the header as JSON padded
/// with spaces to a multiple of 8, then the tensors one after another. Those of the widest elements come first, so that each begins at a
/// multiple of its element's size, which readers that map the file rely on; else they are ordered by name: equal content gives equal bytes.
/// </summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes a file's content.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="file">What.</param>
    public static void Write(Stream target, SafetensorsFile file)
    {
        KeyValuePair<string, TensorData>[] tensors =
        [
            .. file.Tensors.OrderByDescending(tensor => ElementTypes.Bytes[tensor.Value.Type])
                .ThenBy(tensor => tensor.Key, StringComparer.Ordinal),
        ];
        ReadOnlySpan<byte> header = Header(file.Metadata, tensors);
        int padding = (Alignment - (header.Length % Alignment)) % Alignment;
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(header.Length + padding));
        target.Write(length);
        target.Write(header);
        target.Write("       "u8[..padding]);
        foreach ((_, TensorData tensor) in tensors)
            target.Write(tensor.Data.Span);
    }

    private static ReadOnlySpan<byte> Header(IReadOnlyDictionary<string, string> metadata, KeyValuePair<string, TensorData>[] tensors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string name, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.WriteString(name, value);
            json.WriteEndObject();
            long offset = 0;
            foreach ((string name, TensorData tensor) in tensors)
            {
                WriteEntry(json, name, tensor, offset);
                offset += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, TensorData tensor, long offset)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", tensor.Type);
        json.WriteStartArray("shape");
        foreach (long size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
