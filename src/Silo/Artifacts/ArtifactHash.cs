using System.Diagnostics.CodeAnalysis;

namespace Granary.Silo.Artifacts;

/// <summary>The name of an artifact: the SHA-256 of its bytes as 64 lower-case hexadecimal digits, and nothing else.</summary>
internal readonly record struct ArtifactHash
{
    private ArtifactHash(string value) => Value = value;

    /// <summary>The 64 digits.</summary>
    public string Value { get; }

    /// <summary>Takes <paramref name="text"/> when it is such a name: it becomes part of a path.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ArtifactHash hash)
    {
        bool valid = text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);
        hash = valid ? new ArtifactHash(text!) : default;
        return valid;
    }

    /// <summary>The name of these digest bytes.</summary>
    public static ArtifactHash Of(ReadOnlySpan<byte> digest) => new(Convert.ToHexStringLower(digest));

    public override string ToString() => Value;
}
