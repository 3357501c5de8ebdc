using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Makes and reads the keys of grain ids: integers as hexadecimal digits, Guids as 32 digits, an extension after <c>+</c>.</summary>
public static class GrainIdKeyExtensions
{
    /// <summary>The key of an integer.</summary>
    /// <param name="key">The integer.</param>
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    /// <summary>The key of an integer with an extension.</summary>
    /// <param name="key">The integer.</param>
    /// <param name="keyExtension">The extension; none when null or white space.</param>
    public static IdSpan CreateIntegerKey(long key, string? keyExtension) => string.IsNullOrWhiteSpace(keyExtension)
        ? CreateIntegerKey(key)
        : IdSpan.Create(string.Create(CultureInfo.InvariantCulture, $"{key:X}+{keyExtension}"));

    /// <summary>The key of a Guid.</summary>
    /// <param name="key">The Guid.</param>
    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    /// <summary>The key of a Guid with an extension.</summary>
    /// <param name="key">The Guid.</param>
    /// <param name="keyExtension">The extension; none when null or white space.</param>
    public static IdSpan CreateGuidKey(Guid key, string? keyExtension) => string.IsNullOrWhiteSpace(keyExtension)
        ? CreateGuidKey(key)
        : IdSpan.Create($"{key:N}+{keyExtension}");

    /// <summary>Reads an integer key.</summary>
    /// <param name="grainId">The identity.</param>
    /// <param name="key">The integer.</param>
    /// <param name="keyExt">The extension, if there is one.</param>
    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        (string number, keyExt) = Split(grainId);
        return long.TryParse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out key);
    }

    /// <summary>Reads an integer key.</summary>
    /// <param name="grainId">The identity.</param>
    /// <param name="keyExt">The extension, if there is one.</param>
    /// <exception cref="ArgumentException">The key is no integer.</exception>
    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) => TryGetIntegerKey(grainId, out long key, out keyExt)
        ? key
        : throw new ArgumentException($"The key of {grainId} is no integer in hexadecimal digits.", nameof(grainId));

    /// <summary>Reads an integer key.</summary>
    /// <param name="grainId">The identity.</param>
    /// <exception cref="ArgumentException">The key is no integer.</exception>
    public static long GetIntegerKey(this GrainId grainId) => GetIntegerKey(grainId, out _);

    /// <summary>Reads a Guid key.</summary>
    /// <param name="grainId">The identity.</param>
    /// <param name="key">The Guid.</param>
    /// <param name="keyExt">The extension, if there is one.</param>
    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        (string guid, keyExt) = Split(grainId);
        return Guid.TryParseExact(guid, "N", out key);
    }

    /// <summary>Reads a Guid key.</summary>
    /// <param name="grainId">The identity.</param>
    /// <param name="keyExt">The extension, if there is one.</param>
    /// <exception cref="ArgumentException">The key is no Guid.</exception>
    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) => TryGetGuidKey(grainId, out var key, out keyExt)
        ? key
        : throw new ArgumentException($"The key of {grainId} is no Guid of 32 digits.", nameof(grainId));

    /// <summary>Reads a Guid key.</summary>
    /// <param name="grainId">The identity.</param>
    /// <exception cref="ArgumentException">The key is no Guid.</exception>
    public static Guid GetGuidKey(this GrainId grainId) => GetGuidKey(grainId, out _);

    private static (string Key, string? Extension) Split(GrainId grainId)
    {
        string text = grainId.Key.ToString();
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? (text, null) : (text[..plus], text[(plus + 1)..]);
    }
}
