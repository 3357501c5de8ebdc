using System.Net.Http.Headers;
using Grpc.Core;

namespace Grpc.Wire;

/// <summary>Turns received headers into metadata.</summary>
internal static class MetadataCodec
{
    /// <summary>
    /// Adds one header, unless HTTP allows its name but gRPC does not. Values of a binary key may come joined by commas, with or without
    /// base64 padding.
    /// </summary>
    /// <exception cref="RpcException">Internal: a binary value is not base64.</exception>
    public static void Add(Metadata metadata, string name, string value)
    {
        if (!Metadata.Entry.IsValidKey(name))
        {
            return;
        }

        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
        {
            metadata.Add(name, value);
            return;
        }

        foreach (Range part in value.AsSpan().Split(','))
        {
            metadata.Add(name, Decode(name, value.AsSpan(part).Trim()));
        }
    }

    /// <summary>The application's part of HTTP headers.</summary>
    public static Metadata Read(HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach (KeyValuePair<string, HeaderStringValues> header in headers.NonValidated)
        {
            if (GrpcHeaders.IsReserved(header.Key))
            {
                continue;
            }

            foreach (string value in header.Value)
            {
                Add(metadata, header.Key, value);
            }
        }

        return metadata;
    }

    private static byte[] Decode(string name, ReadOnlySpan<char> base64)
    {
        Span<char> padded = base64.Length <= 256 ? stackalloc char[260] : new char[base64.Length + 4];
        base64.CopyTo(padded);
        padded[base64.Length..].Fill('=');
        padded = padded[..((base64.Length + 3) & ~3)];

        byte[] bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64Chars(padded, bytes, out int written)
            ? bytes.AsSpan(0, written).ToArray()
            : throw new RpcException(new Status(StatusCode.Internal, $"Header '{name}' should hold base64 but does not."));
    }
}
