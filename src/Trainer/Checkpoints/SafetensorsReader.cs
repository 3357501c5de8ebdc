using System.Buffers.Binary;
using System.Text.Json;

namespace Granary.Trainer.Checkpoints;

/// <summary>
/// Reads safetensors, and refuses what the format forbids: offsets that overlap, leave holes or do not fit type and shape.
/// </summary>
internal static class SafetensorsReader
{
    // The format's own limit.
    private const long MaxHeaderBytes = 100_000_000;

    /// <summary>Reads a file's content.</summary>
    /// <param name="bytes">All of the file.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">
    /// It is not safetensors: the message says where, what was expected and what is there.
    /// </exception>
    public static SafetensorsFile Read(ReadOnlyMemory<byte> bytes, string path)
    {
        ulong length = bytes.Length < sizeof(ulong) ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        if (length > MaxHeaderBytes || (long)length > bytes.Length - sizeof(ulong))
        {
            throw new InvalidDataException(
                $"{path}: not a safetensors file: expected a header of at most {bytes.Length - sizeof(ulong)} bytes, "
                + $"its length says {length}.");
        }

        ReadOnlyMemory<byte> data = bytes[(sizeof(ulong) + (int)length)..];
        try
        {
            using JsonDocument header = JsonDocument.Parse(bytes.Slice(sizeof(ulong), (int)length));
            return ReadHeader(header.RootElement, data, path);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException
            or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"{path}: the safetensors header is damaged: {error.Message}", error);
        }
    }

    private static SafetensorsFile ReadHeader(JsonElement header, ReadOnlyMemory<byte> data, string path)
    {
        var metadata = new Dictionary<string, string>();
        var tensors = new Dictionary<string, TensorData>();
        var places = new List<(long Start, long End, string Name)>();
        foreach (JsonProperty entry in header.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                foreach (JsonProperty pair in entry.Value.EnumerateObject())
                    metadata[pair.Name] = pair.Value.GetString() ?? throw new FormatException($"__metadata__ {pair.Name} is not text.");
                continue;
            }

            (TensorData tensor, long start, long end) = ReadEntry(entry, data, path);
            if (!tensors.TryAdd(entry.Name, tensor))
                throw new InvalidDataException($"{path}: has two tensors {entry.Name}: the safetensors header is damaged.");
            places.Add((start, end, entry.Name));
        }

        CheckPlaces(places, data.Length, path);
        return new SafetensorsFile(metadata, tensors);
    }

    private static (TensorData Tensor, long Start, long End) ReadEntry(JsonProperty entry, ReadOnlyMemory<byte> data, string path)
    {
        string type = entry.Value.GetProperty("dtype").GetString() ?? "null";
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        JsonElement offsets = entry.Value.GetProperty("data_offsets");
        long start = offsets[0].GetInt64();
        long end = offsets[1].GetInt64();
        if (!ElementTypes.Bytes.TryGetValue(type, out int bytes))
        {
            throw new InvalidDataException(
                $"{path}: tensor {entry.Name} has type {type}, expected one of {string.Join(", ", ElementTypes.Bytes.Keys)}.");
        }

        long expected = shape.Aggregate((long)bytes, (product, size) => checked(product * size));
        if (shape.Any(size => size < 0) || start < 0 || end > data.Length || end < start || end - start != expected)
        {
            throw new InvalidDataException(
                $"{path}: tensor {entry.Name} ({type} [{string.Join(", ", shape)}]) takes {expected} bytes; "
                + $"its offsets are {start} to {end} of {data.Length}.");
        }

        return (new TensorData(type, shape, data.Slice((int)start, (int)(end - start))), start, end);
    }

    private static void CheckPlaces(List<(long Start, long End, string Name)> places, long length, string path)
    {
        long expected = 0;
        foreach ((long start, long end, string name) in places.OrderBy(place => place.Start).ThenBy(place => place.End))
        {
            if (start != expected)
            {
                throw new InvalidDataException(
                    $"{path}: tensor {name} begins at {start}, expected {expected}: tensors follow each other without a gap.");
            }

            expected = end;
        }

        if (expected != length)
            throw new InvalidDataException($"{path}: the tensors end at {expected}, expected {length}, the end of the file.");
    }
}
