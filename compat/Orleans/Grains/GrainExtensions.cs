using Orleans.Runtime;

namespace Orleans;

/// <summary>Reads the identity behind a grain or a reference, and changes the interface of a reference.</summary>
public static class GrainExtensions
{
    /// <summary>A reference of another interface to the same grain.</summary>
    /// <typeparam name="TGrainInterface">The interface.</typeparam>
    /// <param name="grain">A grain or a reference.</param>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)AsReference(grain, typeof(TGrainInterface));

    /// <summary>A reference of another interface to the same grain.</summary>
    /// <param name="grain">A grain or a reference.</param>
    /// <param name="interfaceType">The interface.</param>
    public static object AsReference(this IAddressable grain, Type interfaceType)
    {
        ArgumentNullException.ThrowIfNull(interfaceType);
        return ReferenceOf(grain).Cast(interfaceType);
    }

    /// <inheritdoc cref="AsReference{TGrainInterface}(IAddressable)"/>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => AsReference<TGrainInterface>(grain);

    /// <inheritdoc cref="AsReference(IAddressable, Type)"/>
    public static object Cast(this IAddressable grain, Type interfaceType) => AsReference(grain, interfaceType);

    /// <summary>The identity of a grain.</summary>
    /// <param name="grain">A grain or a reference.</param>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase self => self.GrainContext.GrainId,
        _ => throw NotAddressable(grain),
    };

    /// <summary>The string key of a grain.</summary>
    /// <param name="grain">A grain or a reference.</param>
    public static string GetPrimaryKeyString(this IAddressable grain) => GetGrainId(grain).Key.ToString();

    /// <summary>The integer key of a grain.</summary>
    /// <param name="grain">A grain or a reference.</param>
    public static long GetPrimaryKeyLong(this IAddressable grain) => GetGrainId(grain).GetIntegerKey();

    /// <summary>The integer key of a grain, with its extension.</summary>
    /// <param name="grain">A grain or a reference.</param>
    /// <param name="keyExt">The extension.</param>
    public static long GetPrimaryKeyLong(this IAddressable grain, out string? keyExt) => GetGrainId(grain).GetIntegerKey(out keyExt);

    /// <summary>The Guid key of a grain.</summary>
    /// <param name="grain">A grain or a reference.</param>
    public static Guid GetPrimaryKey(this IAddressable grain) => GetGrainId(grain).GetGuidKey();

    /// <summary>The Guid key of a grain, with its extension.</summary>
    /// <param name="grain">A grain or a reference.</param>
    /// <param name="keyExt">The extension.</param>
    public static Guid GetPrimaryKey(this IAddressable grain, out string? keyExt) => GetGrainId(grain).GetGuidKey(out keyExt);

    private static GrainReference ReferenceOf(IAddressable grain) => grain switch
    {
        GrainReference reference => reference,
        IGrainBase self => self.GrainContext.GrainReference,
        _ => throw NotAddressable(grain),
    };

    private static ArgumentException NotAddressable(IAddressable? grain) => new(
        $"{grain?.GetType().FullName ?? "null"} has no identity: expected a grain or a reference from IGrainFactory.", nameof(grain));
}
